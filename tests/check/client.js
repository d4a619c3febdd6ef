// A gRPC client made from the contracts alone: no code of ours, none generated.
'use strict';

const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const DEADLINE_MS = 10000;

const contracts = loader.loadSync(
  [
    'plumbline/content/v1/content_service.proto',
    'plumbline/triage/v1/triage_service.proto',
    'google/rpc/error_details.proto',
  ],
  {
    includeDirs: ['proto', process.env.GOOGLE_RPC_ROOT],
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
  },
);

// The details of an error, by message name: `google.rpc.BadRequest`.
function detailsOf(error) {
  const details = {};
  for (const bytes of error.metadata.get('grpc-status-details-bin')) {
    const status = contracts['google.rpc.Status'].deserialize(bytes);
    for (const { type_url: url, value } of status.details) {
      const name = url.slice(url.lastIndexOf('/') + 1);
      details[name] = contracts[name].deserialize(value);
    }
  }
  return details;
}

function metadataWith(token) {
  const metadata = new grpc.Metadata();
  if (token !== null) metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

// A service by its full name, called with one token, or with null. Each call
// has a connection of its own, so that nothing is left open.
class Service {
  constructor(name, address, token) {
    this.methods = contracts[name];
    this.address = address;
    this.token = token;
  }

  // The response as a message, and as the bytes that came.
  async callRaw(method, request) {
    const client = new grpc.Client(
      this.address,
      grpc.credentials.createInsecure(),
    );
    try {
      return await this.callOn(client, this.methods[method], request);
    } finally {
      client.close();
    }
  }

  callOn(client, { path, requestSerialize, responseDeserialize }, request) {
    return new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        path,
        requestSerialize,
        (bytes) => ({ bytes, message: responseDeserialize(bytes) }),
        request,
        metadataWith(this.token),
        { deadline: Date.now() + DEADLINE_MS },
        (error, response) => (error ? reject(error) : resolve(response)),
      );
    });
  }

  async call(method, request) {
    return (await this.callRaw(method, request)).message;
  }

  // What a call that must fail fails with.
  async failure(method, request) {
    try {
      await this.call(method, request);
    } catch (error) {
      if (error.metadata === undefined) throw error;
      const details = detailsOf(error);
      return {
        code: grpc.status[error.code],
        reason: details['google.rpc.ErrorInfo']?.reason,
        metadata: details['google.rpc.ErrorInfo']?.metadata,
        violations: details['google.rpc.BadRequest']?.field_violations,
      };
    }
    throw new Error(`${method} did not fail`);
  }
}

// The token of the principal with this role.
function tokenOf(role) {
  const file = `${process.env.PLUMBLINE_TOKENS}/${role}.token`;
  return fs.readFileSync(file, 'utf8').trim();
}

module.exports = { Service, tokenOf };
