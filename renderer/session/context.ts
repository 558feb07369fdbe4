/** How components get the session and the commands: by context, never by import, so that a test gives them its own. */

import { createContext } from 'svelte';
import type { CommandTable } from '../commands/command-table';
import type { Inspection } from './inspection.svelte';
import type { Session } from './session.svelte';

export const [getSession, setSession] = createContext<Session>();
export const [getInspection, setInspection] = createContext<Inspection>();
export const [getCommands, setCommands] = createContext<CommandTable>();
