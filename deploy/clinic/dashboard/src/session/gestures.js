// Fingers on a plot: one moves it sideways, two zoom. A mouse drags a part to look at, which the plot does itself.

const fingers = (event) => event.pointerType === 'touch';

/**
 * @param {HTMLElement} over the part of a plot that is drawn on; vertical swipes still move the page (touch-action: pan-y)
 * @param {import('./zoom.js').Zoom} zoom
 */
export function gestures(over, zoom) {
  const held = new Map();
  const secondsPerPx = () => zoom.widthS / Math.max(1, over.clientWidth);

  over.addEventListener('pointerdown', (event) => {
    if (fingers(event)) {
      held.set(event.pointerId, event.clientX);
    }
  });
  over.addEventListener('pointermove', (event) => {
    const before = held.get(event.pointerId);
    if (before === undefined) {
      return;
    }
    const others = [...held].filter(([id]) => id !== event.pointerId);
    held.set(event.pointerId, event.clientX);
    if (others.length === 0) {
      zoom.move((before - event.clientX) * secondsPerPx());
    } else {
      const other = others[0][1];
      const [was, is] = [Math.max(20, Math.abs(before - other)), Math.max(20, Math.abs(event.clientX - other))];
      const { left } = over.getBoundingClientRect();
      zoom.by(is / was, zoom.startS + (other - left) * secondsPerPx());
    }
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
    over.addEventListener(end, (event) => held.delete(event.pointerId));
  }
}
