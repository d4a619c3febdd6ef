// Every check, in the order in which they run.
'use strict';

require('./contracts_check.js');
require('./cel_conformance_check.js');
require('./cel_agreement_check.js');
require('./client_check.js');
require('./integrate_check.js');
