/**
 * The story of a pixel with no more of its windows than the panels show: of a blur over 100 × 100 pixels the numbers would be hundreds of
 * kilobytes, for every pixel that is pointed at. Sums and counts stay exact.
 */

import type { Explanation } from './explanation';
import type { PixelStory, StepStory } from './pixel-story';
import { shownOf } from './window-view';

export function shownStory(story: PixelStory): PixelStory {
  return {
    ...story,
    layers: story.layers.map((layer) => ({ ...layer, steps: layer.steps.map(shownStep) })),
    canvas: story.canvas.map(shownStep),
  };
}

function shownStep({ step, explanation }: StepStory): StepStory {
  return { step, explanation: shownExplanation(explanation) };
}

function shownExplanation(explanation: Explanation): Explanation {
  const { arithmetic, from, steps } = explanation;
  return {
    ...explanation,
    arithmetic: arithmetic.map((own) => ({ ...own, window: own.window && shownOf(own.window, from) })),
    ...(steps && { steps: steps.map(shownExplanation) }),
  };
}
