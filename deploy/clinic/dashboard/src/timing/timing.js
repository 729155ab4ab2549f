// What a unit proves of its own timing, in figures and in one sentence. No page elements here.

const OFFSET = { unknown: ', never measured', loopback: ', measured', by_ear: ', measured by ear', configured: ', as configured' };

/** Returns the upper edge of a class, ns; the last class has none, so the largest error stands for it. */
export function upperNs(counts, index) {
  return index === counts.classes - 1 ? counts.maxNs : Math.round(counts.firstNs * 2 ** (index / counts.perOctave));
}

/** Returns a size, ns, that a share (0 to 1) of all errors did not exceed; null before the first. */
export function quantileNs(counts, share) {
  const wanted = Math.max(1, Math.ceil(share * counts.count));
  let sum = 0;
  for (const [index, count] of counts.counts) {
    sum += count;
    if (sum >= wanted) {
      return Math.min(counts.maxNs, upperNs(counts, index));
    }
  }
  return null;
}

/** Returns a time as people read it: 8.0 µs, 120 µs, 3.5 ms. */
export function size(ns) {
  if (ns === null) {
    return '–';
  }
  const [value, unit] = ns < 999_500 ? [ns / 1e3, 'µs'] : [ns / 1e6, 'ms'];
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/**
 * Says in a sentence whether the cues kept their moments.
 * @param timing the unit's latest timing message, or null
 * @param clockTime says when something of the unit's time was, such as "14:02:10"; null where that is not known
 * @returns {{state: 'unknown'|'kept'|'broken'|'silent', text: string}}
 */
export function verdict(timing, clockTime) {
  if (timing === null) {
    return { state: 'unknown', text: 'No figures yet: a unit tells them once a minute.' };
  }
  const { cues, output } = timing;
  if (output.state === 'waiting') {
    const when = clockTime(output.stateSinceNs);
    return { state: 'silent', text: `✗ No sound${when === null ? '' : ` since ${when}`}, because: ${output.text}` };
  }
  if (cues.played === 0 && cues.late === 0) {
    return { state: 'unknown', text: output.state === 'opening' ? 'The sound is being opened.' : 'No cue was played yet.' };
  }
  const wrong = [];
  if (cues.worstFrames > 1) {
    wrong.push(`one was ${many(cues.worstFrames, 'frame')} off`);
  }
  if (cues.late > 0) {
    wrong.push(`${many(cues.late, 'cue')} came too late to be played`);
  }
  const broke = timing.underruns > 0 ? ` The sound broke off ${timing.underruns === 1 ? 'once' : `${number(timing.underruns)} times`}.` : '';
  return wrong.length === 0
    ? { state: broke === '' ? 'kept' : 'broken', text: `${broke === '' ? '✓ ' : ''}Every cue within one audio frame: yes, ${many(cues.played, 'cue')}.${broke}` }
    : { state: 'broken', text: `✗ Every cue within one audio frame: no; ${wrong.join(', ')}.${broke}` };
}

/** Returns what the output is and what the system grants it, in a line; empty where the verdict already says what is wrong. */
export function outputLine(timing) {
  if (timing === null || timing.output.state === 'waiting') {
    return '';
  }
  const { output, realTime } = timing;
  const parts = [output.kind === 'file' ? 'a file, no sound card' : `card ${output.device ?? ''}`];
  if (output.rateHz !== null) {
    const bufferMs = (1e3 * output.bufferFrames) / output.rateHz;
    parts.push(`${output.rateHz} Hz, ${output.bits} bit, buffer ${bufferMs.toFixed(0)} ms`);
  }
  parts.push(`offset ${output.offsetMs} ms${OFFSET[output.offsetSource] ?? ''}`);
  if (realTime !== null) {
    parts.push(realTime.refused.length === 0 ? 'real time granted' : 'real time not fully granted');
  }
  return parts.join(' · ');
}

function many(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function number(value) {
  return value.toLocaleString('en-GB');
}
