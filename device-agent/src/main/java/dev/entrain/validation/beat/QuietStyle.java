package dev.entrain.validation.beat;

/** Music without drums, and dances in three. */
enum QuietStyle implements Style {
    STRINGS {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BandStyle.BASS, 42);
            sheet.program(BandStyle.CHORDS, 48);
            sheet.program(BandStyle.LEAD, 40);
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            sheet.chord(BandStyle.CHORDS, at, 3.95, harmony.triad(bar, 4), 72);
            boolean moving = bar % 8 >= 4;
            for (int i = 0; i < (moving ? 8 : 4); i++) {
                double length = moving ? 0.5 : 1;
                sheet.note(BandStyle.BASS, at + i * length, length * 0.95, harmony.scaleStep(bar, 2 * (i % 3), 3), 84);
            }
            BandStyle.tune(sheet, harmony, bar + 2, at, 4, 1);
        }
    },
    PIANO {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BandStyle.BASS, 0);
            sheet.program(BandStyle.CHORDS, 0);
            sheet.program(BandStyle.LEAD, 0);
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            int[] keys = harmony.triad(bar, 3);
            if (bar / 4 % 2 == 0) {
                int[] alberti = {0, 2, 1, 2};
                for (int i = 0; i < 8; i++) {
                    sheet.note(BandStyle.BASS, at + i / 2.0, 0.5, keys[alberti[i % 4]], i % 4 == 0 ? 76 : 62);
                }
            } else {
                for (int i = 0; i < 4; i += 2) {
                    sheet.note(BandStyle.BASS, at + i, 0.9, harmony.bass(bar, 2), 80);
                    sheet.chord(BandStyle.CHORDS, at + i + 1, 0.8, keys, 64);
                }
            }
            BandStyle.tune(sheet, harmony, bar + 2, at, 4, 0.5);
        }
    },
    WALTZ {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BandStyle.BASS, BandStyle.pick(sheet, 43, 58, 32));
            sheet.program(BandStyle.CHORDS, BandStyle.pick(sheet, 45, 21, 0));
            sheet.program(BandStyle.LEAD, BandStyle.pick(sheet, 40, 71, 21));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            sheet.note(BandStyle.BASS, at, 0.8, bar % 2 == 0 ? harmony.bass(bar, 2) : harmony.fifth(bar, 2), 92);
            sheet.chord(BandStyle.CHORDS, at + 1, 0.4, harmony.triad(bar, 4), 70);
            sheet.chord(BandStyle.CHORDS, at + 2, 0.4, harmony.triad(bar, 4), 66);
            if (bar % 16 >= 8) {
                sheet.drum(at, 35, 70);
            }
            BandStyle.tune(sheet, harmony, bar + 2, at, 3, 0.5);
        }
    },
    FOLK {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BandStyle.BASS, 32);
            sheet.program(BandStyle.CHORDS, BandStyle.pick(sheet, 24, 25));
            sheet.program(BandStyle.LEAD, BandStyle.pick(sheet, 73, 22, 40));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            int[] keys = harmony.triad(bar, 4);
            for (int i = 0; i < 4; i++) {
                if (i % 2 == 0) {
                    sheet.note(BandStyle.BASS, at + i, 0.9, i == 0 ? harmony.bass(bar, 2) : harmony.fifth(bar, 2), 88);
                }
                // A strum runs over the strings in some 15 ms.
                for (int k = 0; k < 3; k++) {
                    sheet.note(BandStyle.CHORDS, at + i + 0.01 * k, 0.45, keys[k], i % 2 == 1 ? 84 : 70);
                    if (i % 2 == 1 || sheet.chance(0.4)) {
                        sheet.note(BandStyle.CHORDS, at + i + 0.5 + 0.01 * k, 0.4, keys[2 - k], 62);
                    }
                }
            }
            BandStyle.tune(sheet, harmony, bar, at, 4, 0.5);
        }
    },
    COMPOUND {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BandStyle.BASS, 33);
            sheet.program(BandStyle.CHORDS, BandStyle.pick(sheet, 24, 0, 46));
            sheet.program(BandStyle.LEAD, BandStyle.pick(sheet, 73, 68, 40));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            // 6/8: two beats of three quavers each.
            int[] keys = harmony.triad(bar, 4);
            int[] broken = {0, 1, 2, 2, 1, 0};
            for (int i = 0; i < 6; i++) {
                sheet.note(BandStyle.CHORDS, at + i / 3.0, 0.5, keys[broken[i]], i % 3 == 0 ? 82 : 62);
            }
            sheet.note(BandStyle.BASS, at, 0.9, harmony.bass(bar, 2), 88);
            sheet.note(BandStyle.BASS, at + 1, 0.9, harmony.fifth(bar, 2), 80);
            if (bar % 16 >= 4) {
                sheet.drum(at, BandStyle.KICK, 92);
                sheet.drum(at + 1, BandStyle.SNARE, 80);
                for (int i = 0; i < 6; i++) {
                    sheet.drum(at + i / 3.0, BandStyle.HAT, i % 3 == 0 ? 70 : 56);
                }
            }
            BandStyle.tune(sheet, harmony, bar, at, 2, 1 / 3.0);
        }
    }
}
