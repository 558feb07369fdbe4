/**
 * A codec child that is started before there is a codec. To a short run it is the longest way: a second Node has to start and load
 * libvips before the first pixel can be read, while this process has to be loaded too. So it may be started first of all, for the
 * codec that comes to take; one that nobody takes is ended.
 */

import { availableParallelism } from 'node:os';
import { builtFile } from '../engine/built-file';
import { forkWithNode, type ChildHandle } from './fork';
import { environmentOf, threadsOf } from './settings';
import { Workspace } from './workspace';

export interface EarlyChild {
  /** The folder through which it exchanges files: that of the codec which takes it. */
  readonly workspace: Workspace;
  /** The child, once; null where it has ended, was taken, or other settings are wanted than it was started with. */
  take(environment: Readonly<Record<string, string>>): ChildHandle | null;
  /** Ends it, unless it was taken. */
  end(): void;
}

/** Passes on what a child says, from the beginning, also to who begins to listen later. */
function remembering(child: ChildHandle): ChildHandle & { readonly isGone: () => boolean } {
  const said: unknown[] = [];
  let gone = false;
  let listening = false;
  child.onMessage((message) => {
    if (!listening) said.push(message);
  });
  child.onExit(() => (gone = true));
  return {
    ...child,
    isGone: () => gone,
    onMessage: (listener) => {
      listening = true;
      // As messages come: when whoever listens has returned.
      queueMicrotask(() => {
        for (const message of said.splice(0)) listener(message);
      });
      child.onMessage(listener);
    },
  };
}

/** Starts the child that reads pictures for a codec of so many processes. Throws where the program is not built. */
export function startEarlyChild(processes: number): EarlyChild {
  const workspace = new Workspace();
  const threads = threadsOf(processes, availableParallelism());
  const own = environmentOf({ folder: workspace.folder, reads: 'pictures', threads });
  const child = remembering(forkWithNode(builtFile('codec.cjs'), own));
  // Until it is taken nothing waits for it.
  child.keepWaiting(false);
  let taken = false;
  return {
    workspace,
    take: (environment) => {
      const same = JSON.stringify(environment) === JSON.stringify(own);
      if (taken || child.isGone() || !same) return null;
      taken = true;
      return child;
    },
    end: () => {
      if (!taken) child.kill();
      taken = true;
    },
  };
}
