/** A picture as operations meet it, which is what is looked at to tell what they will find. */

import type { Node } from '../../plan/node';
import { convertNode } from '../../plan/source-node';
import { lumaNode } from '../../plan/step-node';
import type { LookRequest } from './render-request';

export function nodeAs(picture: Node, as: LookRequest['as']): Node {
  switch (as) {
    case 'itself':
      return picture;
    case 'luma':
      return lumaNode(picture);
    case 'colour':
      return convertNode(picture, picture.shape.depth, 3);
  }
}
