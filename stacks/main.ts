import { App } from 'cdktf';
import { addEnclave } from './enclave.ts';

// The context and the output directory come from cdktf.json through the environment that the CLI sets.
const app = new App();
addEnclave(app);
app.synth();
