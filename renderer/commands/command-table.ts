/** All commands, by id and by key. */

import { chordOf, isTyping, matches, takesText, type Chord } from './keys';
import type { MenuCommand } from './menu-command';

/** Inputs in which a key of this kind still does what it does everywhere. */
interface Binding {
  readonly chord: Chord;
  readonly command: MenuCommand;
}

export class CommandTable {
  readonly all: readonly MenuCommand[];
  readonly mac: boolean;
  readonly #byId: ReadonlyMap<string, MenuCommand>;
  readonly #bindings: readonly Binding[];

  constructor(all: readonly MenuCommand[], mac: boolean) {
    this.all = all;
    this.mac = mac;
    this.#byId = new Map(all.map((command) => [command.id, command]));
    this.#bindings = all.flatMap((command) =>
      (command.keys ?? []).map((keys) => ({ chord: chordOf(keys), command })),
    );
  }

  get(id: string): MenuCommand {
    const command = this.#byId.get(id);
    if (command === undefined) throw new Error(`there is no command ${id}`);
    return command;
  }

  /** Runs a command by its id; one that is unknown or not to be had now does nothing. */
  run(id: string, event: Event): void {
    const command = this.#byId.get(id);
    if (command?.enabled) command.run(event);
  }

  /** The command that a press of a key stands for, where `focused` has the focus; null where there is none. */
  forKey(event: KeyboardEvent, focused: Element | null): MenuCommand | null {
    const typing = takesText(focused);
    const binding = this.#bindings.find(
      ({ chord }) => matches(chord, event, this.mac) && !(typing && isTyping(chord)),
    );
    return binding?.command ?? null;
  }

  /** Does what a press stands for; true where the browser is not to do anything besides. */
  handle(event: KeyboardEvent, focused: Element | null): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    const command = this.forKey(event, focused);
    if (command === null) return false;
    if (command.enabled) command.run(event);
    return true;
  }
}
