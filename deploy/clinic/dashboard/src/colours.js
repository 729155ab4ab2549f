// Colours of the canvases; style.css has the same as variables. A test holds text to 7:1 and marks to 3:1 on white.

export const INK = '#111827';
export const GRID = '#d1d5db';
export const LEFT = '#0b4ea2';
export const RIGHT = '#b93a06';
export const BAD = '#991b1b';
/** Grounds under blocks: with cues and without. They carry no meaning alone: the strip above names each block. */
export const CUED = '#e3edfa';
export const UNCUED = '#f4f4f5';
export const FONT = '600 14px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
