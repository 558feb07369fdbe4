/**
 * Everything that can be done is one object: menu, keys, palette, toolbar and tests read the same. `title` and `enabled` are
 * read while drawing, so they may depend on state.
 */

export const MENUS = ['File', 'Edit', 'Image', 'Layer', 'Operations', 'View', 'Help'] as const;
export type MenuName = (typeof MENUS)[number];

export interface MenuCommand {
  /** Shared by menu, keys, palette and the native menu: `edit.undo`. */
  readonly id: string;
  readonly title: string;
  /** In its menu, where the title would repeat the menu's name. */
  readonly menuTitle?: string;
  readonly menu: MenuName;
  /** Commands of one section stand together; in some menus it has a heading. */
  readonly section: string;
  readonly keys?: readonly string[];
  /** What else a search finds it by. */
  readonly keywords?: readonly string[];
  /** One sentence, for a title text. */
  readonly help?: string;
  /** What has to be so before it can be done, in a few words, for those who find it switched off. */
  readonly needs?: string;
  /** It asks something before it does anything; menus add "…". */
  readonly asks?: boolean;
  readonly enabled: boolean;
  /** Whether it is switched on; left out where it is no switch. */
  readonly checked?: boolean;
  run(event: Event): void;
}
