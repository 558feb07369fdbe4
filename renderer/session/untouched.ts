/** Whether the untouched picture has the size of the one that is shown, so that a place in one is the same place in the other. */

import { withoutStacks } from '../../core/document/document';
import { canvasShape } from '../../core/document/stack-check';
import type { OpenDocument } from './open-document.svelte';

export function untouchedFits({ document, state }: OpenDocument): boolean {
  const shape = canvasShape(withoutStacks(document));
  return shape.ok && shape.value.width === state.size.width && shape.value.height === state.size.height;
}
