package tongchou.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What clients ask in a [Simulation]: new settlements, repetitions, reversals, replacements,
/// adjustments, decisions of two persons, parkings, mistakes.
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
        var what = random.nextInt(112);
        if (what < 45 || asked.isEmpty()) {
            return Step.settle(random.nextInt(6) == 0 ? quoted() : bill(random.nextInt(20) == 0));
        } else if (what < 52 && !round.isEmpty()) {
            return round.get(random.nextInt(round.size())).again().apply(++repetitions);
        } else if (what < 64) {
            return asked.get(random.nextInt(asked.size())).again().apply(++repetitions);
        } else if (what < 68) {
            var known = some();
            return Step.settle(new Model.Bill(known.key(), "other", known.member(), known.day(), 1, false, null,
                    ++repetitions));
        } else if (what < 81) {
            return Step.reverse(back(some().id()));
        } else if (what < 90) {
            var old = some();
            var bill = bill(random.nextInt(8) == 0);
            return Step.replace(back(old.id()), new Model.Bill(bill.key(), bill.content(), old.member(), bill.day(),
                    bill.fen(), bill.refuse(), null, 0));
        } else if (what < 93) {
            return Step.park(member());
        } else if (what < 97) {
            return Step.release(member());
        } else if (what < 98) {
            return Step.reverse(back("S-nothing"));
        } else if (what < 100) {
            return Step.note(member());
        }
        return byTwo(what);
    }

    /// Adjustments, and what one asks for and another decides.
    private Step byTwo(int what) {
        var wishes = model.decisions().wishes();
        if (what < 104) {
            return Step.adjust(new Model.Adjustment("A" + keys++, member(), random.nextInt(20_000) - 8_000,
                    random.nextInt(4) == 0 ? random.nextInt(3_000) - 1_000 : 0, null));
        } else if (what < 106) {
            var known = model.adjustments();
            var wrong = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
            return Step.adjust(new Model.Adjustment("A" + keys++, wrong == null ? member() : wrong.member(), 0, 0,
                    wrong == null ? "A-nothing" : wrong.id()));
        } else if (what < 108 || wishes.isEmpty()) {
            var number = keys++;
            var old = wishes.isEmpty() || random.nextInt(5) > 0 ? null : wishes.get(random.nextInt(wishes.size()));
            return Step.ask(new Decisions.Wish("V" + number, old == null ? "v" + number : old.key(),
                    old == null || random.nextBoolean() ? "content " + number : old.content(), person()));
        }
        var wish = wishes.get(random.nextInt(wishes.size()));
        return what < 111 ? Step.decide(wish.id(), random.nextInt(4) > 0, person()) : Step.finish(wish.id());
    }

    private String person() {
        return List.of("王", "李", "张").get(random.nextInt(3));
    }

    /// A bill that is bound to a preview of this moment; what comes before it may change what it was promised.
    private Model.Bill quoted() {
        var bill = bill(false);
        return bill.member().equals("nobody") ? bill : new Model.Bill(bill.key(), bill.content(), bill.member(),
                bill.day(), bill.fen(), false, model.preview(bill), 0);
    }

    /// Everything of one member settled again, by itself; empty where the member is parked.
    Optional<Step> resettlement() {
        var member = Model.MEMBERS.get(random.nextInt(Model.MEMBERS.size()));
        return model.isParked(member) ? Optional.empty() : Optional.of(Step.resettle("W" + keys++, member,
                model.bills().stream().collect(Collectors.toMap(Model.Bill::id, Function.identity()))));
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
                County.DAY.plusDays(random.nextInt(400) - 200), 1 + random.nextInt(40_000), refuse, null, 0);
    }

    private Model.Back back(String settlement) {
        var key = "r" + keys++;
        return new Model.Back(key, "reverse " + key, settlement, 0);
    }
}
