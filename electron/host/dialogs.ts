/** What a shell with native dialogs offers the host. Paths come from the user's choice here, never from the page. */

import type { ExportOptions } from '../../core/protocol/contract';

export interface NativeDialogs {
  /** The chosen files; none where the user cancelled. */
  chooseFiles(several: boolean): Promise<readonly string[]>;
  /** Where to write an export; null where the user cancelled. The dialog has asked about an existing file. */
  chooseTarget(suggestedName: string, format: ExportOptions['format']): Promise<string | null>;
  /** A recipe to read; null where the user cancelled. */
  chooseRecipe(): Promise<string | null>;
  /** A folder to take pictures from or to write results to; null where the user cancelled. */
  chooseFolder(purpose: FolderPurpose): Promise<string | null>;
  /** Where to write a text; null where the user cancelled. The dialog has asked about an existing file. */
  chooseTextTarget(suggestedName: string, kind: TextKind): Promise<string | null>;
  /** Where to write a project, beginning at a suggested name or path; null where the user cancelled. */
  chooseProject(suggested: string): Promise<string | null>;
}

export type FolderPurpose = 'pictures' | 'results';
export type TextKind = 'recipe' | 'script';
