package tongchou.server.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.server.packs.PackSwitch;

/// What a repository offers (仓库目录): `plugins.json` as PF4J's update repositories have it.
///
/// @param packs every pack with its releases
record PackIndex(List<Entry> packs) {

    /// Where it lies.
    static final String PLACE = "plugins.json";

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /// A pack of the repository.
    ///
    /// @param id of the plug-in: `tongchou-pack-` and the id of the pack
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(String id, @Nullable String name, @Nullable String description, @Nullable String provider,
            List<Release> releases) {

        /// @throws IllegalArgumentException when id or releases are missing
        Entry {
            if (id == null || releases == null) {
                throw new IllegalArgumentException("id and releases");
            }
            releases = List.copyOf(releases);
        }
    }

    /// A version of a pack.
    ///
    /// @param requires which versions of Tongchou it works with; null for all
    /// @param url where its jar lies, relative to the repository
    /// @param sum SHA-512 of the jar in hexadecimal
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Release(String version, @Nullable String date, @Nullable String requires, String url,
            @JsonProperty("sha512sum") String sum) {

        /// @throws IllegalArgumentException when version, address or sum cannot be
        Release {
            if (!Objects.requireNonNullElse(version, "").matches("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}") || url == null
                    || sum == null) {
                throw new IllegalArgumentException("version, url and sha512sum");
            }
        }
    }

    /// Reads an index.
    ///
    /// @throws IOException when it is none
    static PackIndex read(byte[] text) throws IOException {
        return new PackIndex(JSON.readValue(text, new TypeReference<List<Entry>>() { }));
    }

    byte[] text() {
        try {
            return JSON.writeValueAsBytes(packs);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Optional<Entry> entry(String id) {
        return packs.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /// The index with a release more, the newest first.
    PackIndex with(String id, String name, Release release) {
        var before = entry(id);
        var releases = new ArrayList<>(before.map(Entry::releases).orElse(List.of()));
        releases.add(release);
        releases.sort(newestFirst());
        var entry = new Entry(id, name, before.map(Entry::description).orElse(null),
                before.map(Entry::provider).orElse(null), releases);
        var all = new ArrayList<>(packs.stream().filter(one -> !one.id().equals(id)).toList());
        all.add(entry);
        all.sort(Comparator.comparing(Entry::id));
        return new PackIndex(all);
    }

    static Comparator<Release> newestFirst() {
        return (left, right) -> PackSwitch.isLower(left.version(), right.version()) ? 1
                : PackSwitch.isLower(right.version(), left.version()) ? -1 : 0;
    }
}
