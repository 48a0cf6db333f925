package tongchou.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What clients ask in a [Simulation]: new settlements, repetitions, reversals, replacements, parkings, mistakes.
final class Requests {

    private final Random random;
    private final Model model;
    private final List<Step> asked = new ArrayList<>();
    private int keys;
    private int repetitions;

    Requests(Random random, Model model) {
        this.random = random;
        this.model = model;
    }

    /// The next request.
    ///
    /// @param round what is asked in the same round, some of which is asked twice at once
    Step next(List<Step> round) {
        var step = choose(round);
        asked.add(step);
        return step;
    }

    private Step choose(List<Step> round) {
        var what = random.nextInt(100);
        if (what < 45 || asked.isEmpty()) {
            return Step.settle(bill(random.nextInt(20) == 0));
        } else if (what < 52 && !round.isEmpty()) {
            return round.get(random.nextInt(round.size())).again().apply(++repetitions);
        } else if (what < 64) {
            return asked.get(random.nextInt(asked.size())).again().apply(++repetitions);
        } else if (what < 68) {
            var known = some();
            return Step.settle(new Model.Bill(known.key(), "other", known.member(), known.day(), 1, false,
                    ++repetitions));
        } else if (what < 81) {
            return Step.reverse(back(some().id()));
        } else if (what < 90) {
            var old = some();
            var bill = bill(random.nextInt(8) == 0);
            return Step.replace(back(old.id()), new Model.Bill(bill.key(), bill.content(), old.member(), bill.day(),
                    bill.fen(), bill.refuse(), 0));
        } else if (what < 93) {
            return Step.park(member());
        } else if (what < 97) {
            return Step.release(member());
        } else if (what < 98) {
            return Step.reverse(back("S-nothing"));
        }
        return Step.note(member());
    }

    private Model.Bill some() {
        var booked = model.bills();
        return booked.isEmpty() ? bill(false) : booked.get(random.nextInt(booked.size()));
    }

    private String member() {
        var place = random.nextInt(40);
        return place == 0 ? "nobody" : Model.MEMBERS.get(place % Model.MEMBERS.size());
    }

    private Model.Bill bill(boolean refuse) {
        var key = "k" + keys++;
        return new Model.Bill(key, "content of " + key, member(),
                County.DAY.plusDays(random.nextInt(400) - 200), 1 + random.nextInt(40_000), refuse, 0);
    }

    private Model.Back back(String settlement) {
        var key = "r" + keys++;
        return new Model.Back(key, "reverse " + key, settlement, 0);
    }
}
