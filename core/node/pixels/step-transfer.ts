/** The transfer curve of one step of a document, with the histograms of the whole picture that it meets and makes. */

import { transferOf, type Transfer } from '../../derive/transfer';
import type { Document, StackOwner, StepId } from '../../document/document';
import { pointProgram } from '../../operation/point-program';
import { limitTables } from '../../operation/point-program';
import { lookedAs, measuredBy, type Scene } from './stage';
import { standingStep } from './step-stage';
import { unwrap } from '../../raster/fault';

/**
 * Null where the step is not carried out, or makes a sample of more than the sample that it meets: of other channels, of places, of
 * neighbours.
 */
export async function stepTransfer(
  scene: Scene,
  document: Document,
  owner: StackOwner,
  step: StepId,
): Promise<Transfer | null> {
  const standing = await standingStep(scene, document, owner, step);
  if (standing === null) return null;
  const { scene: own, stage } = standing;
  if (stage.step.mask !== null || stage.step.channels === 'luma') return null;
  const { operation, values } = stage.checked;
  if (operation.kind !== 'point' && operation.kind !== 'global') return null;
  const { as, shape } = lookedAs(stage);
  const program = pointProgram(operation, values, shape, await measuredBy(own, stage));
  const limited = limitTables(program, stage.step.channels, stage.step.opacity, shape);
  if (limited === null) return null;
  const looked = unwrap(
    await scene.engine.look({ document: own.after(stage.beneath), look: 'histogram', as }, scene.signal),
  );
  if (looked.kind !== 'histogram') throw new Error('what was looked at is no histogram');
  return transferOf(limited.tables, looked.histogram, shape.depth);
}
