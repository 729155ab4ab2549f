import 'uplot/dist/uPlot.min.css';
import './style.css';
import { findBroker, listen } from './broker.js';
import { AsynchronyChart, CadenceChart } from './charts.js';
import { Clinic } from './clinic.js';
import { FootPicture } from './feet.js';
import { Panel } from './panel.js';

/** The charts move by steps of this; the feet move with every frame. */
const CHART_MS = 200;

const clinic = new Clinic();
const panel = new Panel(clinic);
const feet = {
  left: new FootPicture(document.getElementById('foot-left'), 'left'),
  right: new FootPicture(document.getElementById('foot-right'), 'right'),
};
const charts = [
  new CadenceChart(document.getElementById('cadence-chart')),
  new AsynchronyChart(document.getElementById('asynchrony-chart')),
];
let chartsAtMs = 0;
let shownUnit = null;

function frame(nowMs) {
  const unit = clinic.chosen;
  if (unit !== null) {
    const live = !unit.stale(nowMs) && unit.status !== 'stopped';
    for (const [side, picture] of Object.entries(feet)) {
      const track = unit.feet[side];
      const why = !live ? 'no live data' : unit.state.walking ? 'waiting' : 'standing';
      picture.draw(live ? unit.phase(side, nowMs) : null, why, track.stance, unit.state?.strideS ?? track.strideS, nowMs);
    }
    panel.drawLamp(unit, nowMs);
    if (nowMs - chartsAtMs >= CHART_MS || unit !== shownUnit) {
      chartsAtMs = nowMs;
      shownUnit = unit;
      panel.draw(unit, nowMs);
      // Stale charts stop with the last thing heard instead of scrolling it out of sight.
      const nowS = unit.timeS(live ? nowMs : (unit.stateAtMs ?? nowMs)) ?? 0;
      charts.forEach((chart) => chart.draw(unit, nowS, live));
    }
  }
  panel.drawMalformed();
  requestAnimationFrame(frame);
}

const address = await findBroker(window.location);
if (address === null) {
  panel.problem(
    'This page does not know its broker. Open it as …/?ws=PORT with the WebSockets port of the broker,' +
      ' or put a config.json beside it: {"broker": "wss://HOST/PATH"}.',
  );
} else {
  listen(
    address,
    (topic, bytes) => clinic.take(topic, bytes, performance.now()),
    (state) => panel.broker(state, address),
  );
  requestAnimationFrame(frame);
}
