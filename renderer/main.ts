/** The page: a line to the main process, a session over it, and the window that shows the session. */

import { mount } from 'svelte';
import { forbidGeneratedCode } from '../core/operation/formula/compile';
import App from './App.svelte';
import { connect } from './session/page-connection';
import { Preferences } from './session/preferences.svelte';
import { Session } from './session/session.svelte';
import './theme/base.css';
import './theme/mathematics.css';

function localStore(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    // Forbidden by the browser's settings: sizes are forgotten, everything else works.
    return null;
  }
}

// As the content security policy of every page has it (electron/host/page-files.ts).
forbidGeneratedCode();
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element "app"');
const session = new Session(connect(window), new Preferences(localStore()));
mount(App, { target, props: { session } });
