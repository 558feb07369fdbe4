/**
 * Which control stands for which kind of parameter. The map is exhaustive: a new kind without a control does not compile,
 * and no operation ever needs a panel of its own.
 */

import type { Component } from 'svelte';
import BooleanControl from './BooleanControl.svelte';
import ChoiceControl from './ChoiceControl.svelte';
import ChoicesControl from './ChoicesControl.svelte';
import ConditionsControl from './ConditionsControl.svelte';
import DivisorControl from './DivisorControl.svelte';
import type { Field, Kind } from './field';
import KernelControl from './KernelControl.svelte';
import MatrixControl from './MatrixControl.svelte';
import NumberControl from './NumberControl.svelte';
import NumbersControl from './NumbersControl.svelte';
import PictureNumberControl from './PictureNumberControl.svelte';
import PlanesControl from './PlanesControl.svelte';
import PointsControl from './PointsControl.svelte';
import SourceControl from './SourceControl.svelte';
import StepsControl from './StepsControl.svelte';
import ToneControl from './ToneControl.svelte';

export const parameterControls: { readonly [K in Kind]: Component<{ field: Field<K> }> } = {
  number: NumberControl,
  pictureNumber: PictureNumberControl,
  numbers: NumbersControl,
  matrix: MatrixControl,
  points: PointsControl,
  conditions: ConditionsControl,
  choices: ChoicesControl,
  tone: ToneControl,
  choice: ChoiceControl,
  boolean: BooleanControl,
  planes: PlanesControl,
  kernel: KernelControl,
  divisor: DivisorControl,
  source: SourceControl,
  steps: StepsControl,
};
