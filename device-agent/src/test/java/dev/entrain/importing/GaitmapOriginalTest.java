package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaitmapOriginalTest {
    @TempDir
    Path dir;

    private ImportRoom room;

    @BeforeEach
    void setUp() {
        room = new ImportRoom(dir);
    }

    private void healthy() throws IOException {
        room.file(
                "imu_sample.csv",
                "sensor,left_sensor,right_sensor,left_sensor,right_sensor,left_sensor,right_sensor,"
                        + "left_sensor,right_sensor,left_sensor,right_sensor,left_sensor,right_sensor",
                "axis,acc_x,acc_x,acc_y,acc_y,acc_z,acc_z,gyr_x,gyr_x,gyr_y,gyr_y,gyr_z,gyr_z",
                "0,1,11,2,12,3,13,90,-90,180,0,45,9",
                "1,1,11,2,12,3,13,0,0,0,0,0,0");
        room.file(
                "stride_events_sample.csv",
                "s_id,foot,start,end,ic,tc,min_vel,pre_ic",
                "0,left,0.0,205.0,160.0,80.0,0.0,-20.0",
                "1,left,205.0,410.0,365.0,285.0,205.0,160.0",
                "2,right,102.0,307.0,262.0,182.0,102.0,82.0");
        List<String> mocap = new ArrayList<>(List.of(",L_TOE,L_FCC,L_FCC,L_FCC,R_FCC,R_FCC,R_FCC", ",x,x,y,z,x,y,z"));
        for (int frame = 0; frame <= 160; frame++) {
            mocap.add(frame + ",0," + 10 * frame + ",0," + frame + ",0," + -5 * frame + ",0");
        }
        room.file("mocap_sample.csv", mocap.toArray(String[]::new));
    }

    @Test
    void shouldTellTheFeetApartByTheFirstTwoLines() throws IOException {
        healthy();
        assertThat(room.run(new GaitmapOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        assertThat(room.lines("gaitmap/healthy", "recording.csv"))
                .endsWith(
                        "0.000000,L,0,1.0000,2.0000,3.0000,1.57080,3.14159,0.78540",
                        "0.000000,R,0,11.0000,12.0000,13.0000,-1.57080,0.00000,0.15708",
                        "0.004883,L,1,1.0000,2.0000,3.0000,0.00000,0.00000,0.00000",
                        "0.004883,R,1,11.0000,12.0000,13.0000,0.00000,0.00000,0.00000");
    }

    @Test
    void shouldWriteAContactThatTwoStridesShareOnce() throws IOException {
        healthy();
        room.run(new GaitmapOriginal());
        assertThat(room.lines("gaitmap/healthy", "truth.csv"))
                .containsExactly(
                        "t_s,foot,event",
                        "-0.097656,L,IC",
                        "0.390625,L,FC",
                        "0.400391,R,IC",
                        "0.781250,L,IC",
                        "0.888672,R,FC",
                        "1.279297,R,IC",
                        "1.391602,L,FC",
                        "1.782227,L,IC");
    }

    @Test
    void shouldMeasureStridesAtTheHeelOnTheGround() throws IOException {
        healthy();
        room.run(new GaitmapOriginal());
        assertThat(room.lines("gaitmap/healthy", "strides.csv"))
                .containsExactly(
                        "foot,start_s,end_s,length_m", "L,0.000000,1.000977,1.0000", "R,0.498047,1.499023,0.5000");
        assertThat(room.facts("gaitmap/healthy").get("stride_reference").asText())
                .isEqualTo("mid-stance");
    }

    @Test
    void shouldReadTheFeetThatShareNoClockAsTwoTrials() throws IOException {
        String columns = ",index,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z";
        room.file("imu_sample_ms_left.csv", columns, "0,23000,1,2,3,4,5,6", "1,23001,1,2,3,4,5,6");
        room.file("imu_sample_ms_right.csv", columns, "0,23000,1,2,3,4,5,6");
        assertThat(room.run(new GaitmapOriginal())).isEqualTo(new ImportRun.Summary(2, 0));
        assertThat(room.lines("gaitmap/ms_L", "recording.csv"))
                .contains("# rate_hz: 102.4")
                .endsWith("0.009766,L,1,1.0000,2.0000,3.0000,0.06981,0.08727,0.10472");
        assertThat(room.samples("gaitmap/ms_R")).allMatch(sample -> sample.foot.letter() == 'R');
    }
}
