/** Every command there is, in the order in which menus show them. */

import type { Session } from '../session/session.svelte';
import { editCommands } from './edit-commands';
import { fileCommands } from './file-commands';
import { helpCommands } from './help-commands';
import { laboratoryCommands } from './laboratory-commands';
import { layerCommands } from './layer-commands';
import type { MenuCommand } from './menu-command';
import { imageCommands, operationCommands } from './operation-commands';
import { selectionCommands } from './selection-commands';
import { viewCommands } from './view-commands';

export function allCommands(session: Session): readonly MenuCommand[] {
  return [
    ...fileCommands(session),
    ...editCommands(session),
    ...selectionCommands(session),
    ...imageCommands(session),
    ...layerCommands(session),
    ...operationCommands(session),
    ...viewCommands(session),
    ...laboratoryCommands(session),
    ...helpCommands(session),
  ];
}
