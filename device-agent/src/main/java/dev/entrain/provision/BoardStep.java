package dev.entrain.provision;

import dev.entrain.check.Finding;
import dev.entrain.check.Verdict;
import java.io.IOException;
import java.util.List;

/** Looks whether this computer can be a unit at all. */
final class BoardStep implements Step {
    @Override
    public String name() {
        return "board";
    }

    @Override
    public String title() {
        return "The board and its system";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        List<Finding> found = new BoardCheck(bench.host(), bench.tools(), bench.stateDir()).look();
        bench.found(name(), found);
        long failed = found.stream().filter(f -> f.verdict() == Verdict.FAIL).count();
        if (failed > 0) {
            throw new StepException(
                    failed == 1 ? "One thing must be put right first." : failed + " things must be put right first.",
                    "Do what stands under each FAIL, then try this step again.");
        }
        new BoardWiring().ask(bench);
        long warned = found.stream().filter(f -> f.verdict() == Verdict.WARN).count();
        return found.getFirst().value()
                + (warned == 0 ? "" : warned == 1 ? "; one warning" : "; " + warned + " warnings");
    }
}
