/**
 * Property tests draw the same cases in every `npm test`, so that a run says something about the change and not about luck;
 * `npm run test:full` draws others each time, and prints the seed of what failed.
 */

import fc from 'fast-check';

if (process.env.BURNISH_FULL !== '1') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_128 });
