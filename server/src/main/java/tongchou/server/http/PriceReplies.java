package tongchou.server.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.CitationReply;
import tongchou.api.http.ConvergenceReply.ConvergingReply;
import tongchou.api.http.ConvergenceReply.PathPointReply;
import tongchou.api.http.ConvergenceReply.TierPricesReply;
import tongchou.api.http.PathEffectsReply.InstitutionShareReply;
import tongchou.api.http.PathEffectsReply.ItemChangeReply;
import tongchou.api.http.PathEffectsReply.PathStepReply;
import tongchou.api.http.PathEffectsReply.ShareReply;
import tongchou.api.http.Words;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.Prices;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Document;
import tongchou.server.packs.PolicyRows;
import tongchou.server.pricing.Converging;
import tongchou.server.pricing.Effect;
import tongchou.server.pricing.Parts;

/// Prices as they are answered (价格应答).
///
/// @param documents the documents that the catalogue cites, by id
record PriceReplies(Map<String, Document> documents) {

    /// An item on its way; it must have a rule.
    ConvergingReply converging(Converging one) {
        var rule = one.rule().orElseThrow();
        return new ConvergingReply(one.item().code(), one.item().name(), one.item().kind().word(),
                rule.value().name(), PolicyRows.first(rule.fact().inForce()),
                citation(rule.fact().origin(), rule.overrides()), tiers(one));
    }

    /// The prices of every tier for which any is stated.
    List<TierPricesReply> tiers(Converging one) {
        return one.tiers().stream().filter(tier -> tier.charge().isPresent() || tier.limit().isPresent()
                || !tier.path().isEmpty()).map(this::tier).toList();
    }

    private TierPricesReply tier(Converging.AtTier tier) {
        var charge = tier.charge().orElse(null);
        var distance = tier.distance().orElse(null);
        return new TierPricesReply(Words.of(tier.tier()), tier.charge().or(tier::limit).map(Prices.Quote::unit)
                .orElse(""), charge == null ? null : (Long) charge.each().value(),
                charge != null && charge.derived(), tier.charge().or(tier::limit)
                .map(quote -> citation(quote.by().origin(), quote.overrides())).orElse(null),
                tier.limit().map(quote -> quote.each().value()).orElse(null),
                distance == null ? null : (Long) distance.goal().value(),
                distance == null ? null : (Long) distance.left().value(),
                distance == null || distance.below() == null ? null : distance.below().percent(),
                tier.path().stream().map(point -> new PathPointReply(point.from(), point.quote().each().value(),
                        point.quote().derived())).toList());
    }

    /// A source as it is answered; null where its document is not known here.
    @Nullable CitationReply citation(Origin origin, String overrides) {
        var document = documents.get(origin.document());
        return document == null ? null
                : PolicyRows.citation(new Citation(document, origin.article(), origin.level(), overrides));
    }

    /// What the prices of a day come to.
    static PathStepReply step(Effect effect) {
        return new PathStepReply(effect.on(), effect.settlements(), share(effect.whole()),
                effect.institutions().entrySet().stream()
                        .map(one -> new InstitutionShareReply(one.getKey(), share(one.getValue()))).toList(),
                effect.items().entrySet().stream().map(one -> new ItemChangeReply(one.getKey(),
                        one.getValue().name(), one.getValue().lines(), one.getValue().before().value(),
                        one.getValue().after().value())).toList());
    }

    private static ShareReply share(Parts parts) {
        return new ShareReply(parts.total().value(), parts.fund().value(), parts.patients().value(),
                parts.hospital().value());
    }
}
