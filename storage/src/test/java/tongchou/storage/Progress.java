package tongchou.storage;

import java.util.function.IntFunction;

/// How far a long run is (进度), on the console: how fast it goes, how long it still takes, and how to go on where it
/// was stopped.
final class Progress {

    private final String what;
    private final int wanted;
    private final int every;
    private final long begun = System.nanoTime();
    private int done;

    /// @param wanted how many there are in all
    /// @param every after how many of them it says something
    Progress(String what, int wanted, int every) {
        this.what = what;
        this.wanted = wanted;
        this.every = every;
    }

    /// One more is done.
    ///
    /// @param onwards the options by which another run does what is left, whose number it is given
    synchronized void done(IntFunction<String> onwards) {
        if (++done % every == 0 && done < wanted) {
            var millis = (System.nanoTime() - begun) / 1_000_000 / done;
            System.out.println(what + ": " + done + " of " + wanted + " hold, " + millis + " ms each, "
                    + millis * (wanted - done) / 60_000 + " minutes left; to go on after a stop: "
                    + onwards.apply(wanted - done));
        }
    }
}
