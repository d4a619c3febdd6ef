// Reads protobuf's wire format without knowing any message, so that bytes can
// be looked at as they were sent.
'use strict';

// The number that starts at `at`, and where it ends.
function readVarint(bytes, at) {
  let value = 0;
  let factor = 1;
  for (let i = at; i < bytes.length; i += 1) {
    value += (bytes[i] & 0x7f) * factor;
    if (bytes[i] < 0x80) return { value, end: i + 1 };
    factor *= 0x80;
  }
  throw new Error(`the number at byte ${at} does not end`);
}

// Where the value of wire type `type` at `at` begins and ends.
function extent(bytes, type, at) {
  if (type === 0) return { begin: at, end: readVarint(bytes, at).end };
  if (type === 1) return { begin: at, end: at + 8 };
  if (type === 5) return { begin: at, end: at + 4 };
  if (type !== 2) throw new Error(`wire type ${type} at byte ${at}`);
  const length = readVarint(bytes, at);
  return { begin: length.end, end: length.end + length.value };
}

// The fields of a message, in the order in which they stand: number and bytes.
function fields(bytes) {
  const found = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    const { begin, end } = extent(bytes, tag.value % 8, tag.end);
    if (end > bytes.length) throw new Error(`byte ${at}: the field is cut off`);
    found.push({
      number: Math.floor(tag.value / 8),
      bytes: bytes.subarray(begin, end),
    });
    at = end;
  }
  return found;
}

// The bytes of the only field of this number.
function onlyField(bytes, number) {
  const found = fields(bytes).filter((field) => field.number === number);
  if (found.length !== 1) {
    throw new Error(`field ${number} stands there ${found.length} times`);
  }
  return found[0].bytes;
}

module.exports = { fields, onlyField };
