/** The picture as it would be without any step. */

import { withoutStacks } from '../../core/document/document';
import { canvasShape } from '../../core/document/stack-check';
import type { OpenDocument } from './open-document.svelte';

/** What it is made of: it stays the same whatever is done to a stack. */
export function untouchedName({ document }: OpenDocument): string {
  return JSON.stringify(withoutStacks(document));
}

/** Whether it has the size of the picture that is shown, so that a place in one is the same place in the other. */
export function untouchedFits({ document, state }: OpenDocument): boolean {
  const shape = canvasShape(withoutStacks(document));
  return shape.ok && shape.value.width === state.size.width && shape.value.height === state.size.height;
}
