/**
 * Which control stands for which kind of parameter. The map is exhaustive: a new kind without a control does not compile,
 * and no operation ever needs a panel of its own.
 */

import type { Component } from 'svelte';
import BooleanControl from './BooleanControl.svelte';
import ChoiceControl from './ChoiceControl.svelte';
import DivisorControl from './DivisorControl.svelte';
import type { Field, Kind } from './field';
import KernelControl from './KernelControl.svelte';
import NumberControl from './NumberControl.svelte';
import PlanesControl from './PlanesControl.svelte';
import SourceControl from './SourceControl.svelte';

export const parameterControls: { readonly [K in Kind]: Component<{ field: Field<K> }> } = {
  number: NumberControl,
  choice: ChoiceControl,
  boolean: BooleanControl,
  planes: PlanesControl,
  kernel: KernelControl,
  divisor: DivisorControl,
  source: SourceControl,
};
