/** The sign behind a number, as short as the field is small. */

import type { NumberParameter } from '../../core/operation/parameter';

export function unitSign(unit: NumberParameter['unit']): string {
  switch (unit) {
    case 'px':
      return unit;
    case 'cycles/px':
      return '/px';
    case '%':
      return '%';
    case 'degrees':
      return '°';
    case 'level':
    case 'plane':
    case 'quarter turns':
    case undefined:
      return '';
  }
}
