/** The two parameters that say what lies beyond the edge of a picture (OPERATIONS.md 7.1), the same in every neighbourhood operation. */

import { BOUNDARIES } from '../raster/boundary';
import { parameters } from './parameter';

export const boundaryParameters = parameters({
  boundary: {
    kind: 'choice',
    choices: BOUNDARIES,
    default: 'symmetric',
    help: 'What lies beyond the edges: the picture mirrored, its last pixels, its other side, or one tone.',
  },
  constant: {
    kind: 'number',
    min: 0,
    max: 255,
    step: 1,
    default: 0,
    unit: 'level',
    help: 'The tone beyond the edges where the boundary is constant.',
  },
});
