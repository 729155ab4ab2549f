package dev.entrain.validation.beat;

/** Music with drums. */
enum BandStyle implements Style {
    ROCK {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, pick(sheet, 33, 34));
            sheet.program(CHORDS, pick(sheet, 4, 27, 29, 0));
            sheet.program(LEAD, pick(sheet, 26, 80, 65));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            if (!pause(sheet, bar)) {
                kicks(sheet, at, 0, sheet.chance(0.3) ? 1.5 : 2, sheet.chance(0.3) ? 2.5 : -1);
                backbeat(sheet, at, 4);
                hats(sheet, at, 4, 2);
                fill(sheet, bar, at, 4);
            }
            for (int i = 0; i < 8; i++) {
                sheet.note(BASS, at + i / 2.0, 0.45, harmony.bass(bar, 2), i % 2 == 0 ? 95 : 82);
            }
            sheet.chord(CHORDS, at, 1.9, harmony.triad(bar, 4), 75);
            sheet.chord(CHORDS, at + (sheet.chance(0.4) ? 1.5 : 2), 1.5, harmony.triad(bar, 4), 70);
            tune(sheet, harmony, bar, at, 4, 0.5);
        }
    },
    DANCE {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, pick(sheet, 38, 39));
            sheet.program(CHORDS, pick(sheet, 90, 50, 81));
            sheet.program(LEAD, pick(sheet, 81, 80, 11));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            boolean pause = pause(sheet, bar);
            for (int i = 0; i < 4; i++) {
                if (!pause) {
                    sheet.drum(at + i, KICK, 112);
                    sheet.drum(at + i + 0.5, OPEN_HAT, 78);
                }
                sheet.note(BASS, at + i + 0.5, 0.4, harmony.bass(bar, 2), 96);
            }
            if (!pause) {
                sheet.drum(at + 1, 39, 95);
                sheet.drum(at + 3, 39, 95);
            }
            double[] places = {0, 0.75, 1.5, 2.5, 3.25};
            for (double place : places) {
                sheet.chord(CHORDS, at + place, 0.3, harmony.triad(bar, 4), 72);
            }
            tune(sheet, harmony, bar, at, 4, 0.25);
        }
    },
    BALLAD {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, 33);
            sheet.program(CHORDS, pick(sheet, 0, 4, 24));
            sheet.program(LEAD, pick(sheet, 48, 52, 73));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            if (bar >= 2) {
                kicks(sheet, at, 0, 2, sheet.chance(0.5) ? 2.5 : -1);
                backbeat(sheet, at, 4);
                hats(sheet, at, 4, 2);
                fill(sheet, bar, at, 4);
            }
            sheet.note(BASS, at, 1.9, harmony.bass(bar, 2), 85);
            sheet.note(BASS, at + 2, 1.9, harmony.fifth(bar, 2), 78);
            int[] keys = harmony.triad(bar, 4);
            for (int i = 0; i < 8; i++) {
                sheet.note(CHORDS, at + i / 2.0, 0.6, keys[i % 4 == 3 ? 1 : i % 4], i % 2 == 0 ? 72 : 62);
            }
            tune(sheet, harmony, bar, at, 4, 1);
        }
    },
    REGGAE {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, 33);
            sheet.program(CHORDS, pick(sheet, 27, 16, 28));
            sheet.program(LEAD, pick(sheet, 61, 22, 56));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            // One drop: kick and rim together on the third beat, the chords between the beats.
            sheet.drum(at + 2, KICK, 105);
            sheet.drum(at + 2, 37, 95);
            for (int i = 0; i < 4; i++) {
                sheet.drum(at + i, HAT, 60);
                sheet.drum(at + i + 0.5, HAT, 72);
                sheet.chord(CHORDS, at + i + 0.5, 0.2, harmony.triad(bar, 4), 84);
            }
            double[] places = {0, 0.5, 1.5, 2, 3.5};
            for (double place : places) {
                if (sheet.chance(0.8)) {
                    int key = sheet.chance(0.6) ? harmony.bass(bar, 2) : harmony.fifth(bar, 2);
                    sheet.note(BASS, at + place, 0.45, key, 100);
                }
            }
            fill(sheet, bar, at, 4);
            if (bar % 4 > 1) {
                tune(sheet, harmony, bar, at, 4, 0.5);
            }
        }
    },
    SWING {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, 32);
            sheet.program(CHORDS, pick(sheet, 0, 26));
            sheet.program(LEAD, pick(sheet, 66, 56, 71));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            for (int i = 0; i < 4; i++) {
                sheet.drum(at + i, RIDE, i % 2 == 0 ? 70 : 84);
                if (i % 2 == 1) {
                    sheet.drum(at + i + SWUNG, RIDE, 66);
                    sheet.drum(at + i, 44, 72);
                }
                sheet.note(BASS, at + i, 0.9, harmony.scaleStep(bar, i == 0 ? 0 : i + (i > 2 ? 1 : 0), 2), 92);
            }
            if (sheet.chance(0.4)) {
                sheet.drum(at + (int) sheet.noise().uniform(0, 4) + SWUNG, SNARE, 55);
            }
            double[] places = {0, SWUNG, 1 + SWUNG, 2, 2 + SWUNG, 3 + SWUNG};
            for (int i = 0; i < 2; i++) {
                double place = places[(int) sheet.noise().uniform(0, places.length)];
                sheet.chord(CHORDS, at + place, 0.3, harmony.triad(bar, 4), 66);
            }
            for (int i = 0; i < 4; i++) {
                if (sheet.chance(0.7)) {
                    sheet.note(LEAD, at + i, 0.6, harmony.tune(bar, i % 2 == 0, 5), 80);
                }
                if (sheet.chance(0.6)) {
                    sheet.note(LEAD, at + i + SWUNG, 0.3, harmony.tune(bar, false, 5), 74);
                }
            }
        }
    },
    FUNK {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, 36);
            sheet.program(CHORDS, pick(sheet, 28, 7, 4));
            sheet.program(LEAD, pick(sheet, 61, 62, 65));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            kicks(sheet, at, 0, 1.75, 2.5);
            if (sheet.chance(0.5)) {
                sheet.drum(at + 3.25, KICK, 88);
            }
            backbeat(sheet, at, 4);
            sheet.drum(at + 1.75, SNARE, 45);
            sheet.drum(at + 2.25, SNARE, 45);
            hats(sheet, at, 4, 4);
            double[] places = {0, 0.75, 1.5, 2.25, 2.75, 3.5};
            for (double place : places) {
                if (place == 0 || sheet.chance(0.75)) {
                    sheet.note(BASS, at + place, 0.2, harmony.bass(bar, 2), 98);
                }
            }
            for (int i = 0; i < 16; i++) {
                if (i % 4 != 0 && sheet.chance(0.35)) {
                    sheet.chord(CHORDS, at + i / 4.0, 0.15, harmony.triad(bar, 4), 74);
                }
            }
            if (bar % 2 == 1) {
                sheet.chord(LEAD, at + 0.5, 0.2, harmony.triad(bar, 5), 88);
                sheet.chord(LEAD, at + 1.25, 0.5, harmony.triad(bar, 5), 88);
            }
        }
    },
    MARCH {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, 58);
            sheet.program(CHORDS, pick(sheet, 21, 60));
            sheet.program(LEAD, pick(sheet, 71, 73, 56));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            for (int i = 0; i < 2; i++) {
                sheet.note(BASS, at + i, 0.45, i == 0 ? harmony.bass(bar, 2) : harmony.fifth(bar, 2), 96);
                sheet.chord(CHORDS, at + i + 0.5, 0.25, harmony.triad(bar, 4), 74);
                sheet.drum(at + i, 35, i == 0 ? 100 : 84);
                sheet.drum(at + i + 0.5, SNARE, 70);
            }
            if (bar % 4 == 3) {
                sheet.drum(at + 1.25, SNARE, 60);
                sheet.drum(at + 1.75, SNARE, 70);
            }
            tune(sheet, harmony, bar, at, 2, 0.5);
        }
    },
    LATIN {
        @Override
        public void players(Sheet sheet) {
            sheet.program(BASS, 32);
            sheet.program(CHORDS, 24);
            sheet.program(LEAD, pick(sheet, 73, 11, 65));
        }

        @Override
        public void bar(Sheet sheet, Harmony harmony, int bar, double at) {
            // Bossa nova: the rim's clave over two bars, the bass on 1, 2&, 3, 4&.
            double[] clave = bar % 2 == 0 ? new double[] {0, 1.5, 3} : new double[] {1, 2.5};
            for (double place : clave) {
                sheet.drum(at + place, 37, 84);
            }
            for (int i = 0; i < 8; i++) {
                sheet.drum(at + i / 2.0, 70, i % 2 == 0 ? 62 : 70);
            }
            kicks(sheet, at, 0, 1.5, 2);
            sheet.note(BASS, at, 1.4, harmony.bass(bar, 2), 92);
            sheet.note(BASS, at + 1.5, 0.4, harmony.fifth(bar, 2), 86);
            sheet.note(BASS, at + 2, 1.4, harmony.fifth(bar, 2), 90);
            sheet.note(BASS, at + 3.5, 0.4, harmony.bass(bar, 2), 84);
            double[] strums = {0, 1, 1.5, 2.5, 3.5};
            for (double place : strums) {
                sheet.chord(CHORDS, at + place, 0.4, harmony.triad(bar, 4), 70);
            }
            tune(sheet, harmony, bar, at, 4, 0.5);
        }
    };

    static final int BASS = 0;
    static final int CHORDS = 1;
    static final int LEAD = 2;
    static final int KICK = 36;
    static final int SNARE = 38;
    static final int HAT = 42;
    static final int OPEN_HAT = 46;
    static final int RIDE = 51;
    static final double SWUNG = 2 / 3.0;

    static int pick(Sheet sheet, int... programs) {
        return programs[(int) sheet.noise().uniform(0, programs.length)];
    }

    /** Every third phrase of 8 bars the drums rest for its first two. */
    private static boolean pause(Sheet sheet, int bar) {
        return (bar % 24 >= 16 && bar % 24 < 18) || (bar < 1 && sheet.chance(0.5));
    }

    private static void kicks(Sheet sheet, double at, double... places) {
        for (double place : places) {
            if (place >= 0) {
                sheet.drum(at + place, KICK, 106);
            }
        }
    }

    private static void backbeat(Sheet sheet, double at, int beats) {
        for (int i = 1; i < beats; i += 2) {
            sheet.drum(at + i, SNARE, 102);
        }
    }

    private static void hats(Sheet sheet, double at, int beats, int parts) {
        for (int i = 0; i < beats * parts; i++) {
            sheet.drum(at + i / (double) parts, HAT, i % parts == 0 ? 82 : 64);
        }
    }

    private static void fill(Sheet sheet, int bar, double at, int beats) {
        if (bar % 8 == 7) {
            for (int i = 0; i < 4; i++) {
                sheet.drum(at + beats - 1 + i / 4.0, 50 - 2 * i, 90);
            }
        }
        if (bar % 8 == 0 && bar > 0) {
            sheet.drum(at, 49, 96);
        }
    }

    /** A melody, sometimes silent, in steps of a part of a beat. */
    static void tune(Sheet sheet, Harmony harmony, int bar, double at, int beats, double step) {
        if (bar % 8 < 2) {
            return;
        }
        double place = 0;
        while (place < beats) {
            double length = step * (1 + (int) sheet.noise().uniform(0, 3));
            if (sheet.chance(0.8)) {
                sheet.note(
                        LEAD,
                        at + place,
                        Math.min(length, beats - place) * 0.9,
                        harmony.tune(bar, place % 1 == 0, 5),
                        84);
            }
            place += length;
        }
    }
}
