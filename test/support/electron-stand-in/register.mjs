// `node --import …/register.mjs out/main/main.js` runs the built main process with the stand-in in place of Electron.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
