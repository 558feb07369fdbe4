/** What a shell with native dialogs offers the host. Paths come from the user's choice here, never from the page. */

import type { ExportOptions } from '../../core/protocol/contract';

export interface NativeDialogs {
  /** The chosen files; none where the user cancelled. */
  chooseFiles(several: boolean): Promise<readonly string[]>;
  /** Where to write an export; null where the user cancelled. The dialog has asked about an existing file. */
  chooseTarget(suggestedName: string, format: ExportOptions['format']): Promise<string | null>;
  /** Where to write a project, beginning at a suggested name or path; null where the user cancelled. */
  chooseProject(suggested: string): Promise<string | null>;
}
