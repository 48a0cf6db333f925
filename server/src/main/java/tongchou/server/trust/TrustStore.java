package tongchou.server.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tongchou.server.audit.SigningKey;

/// The public keys whose packs are served (信任库): a folder with one text file per key, its name and areas above the key.
///
/// @param folder the folder; nothing is trusted while it does not exist
public record TrustStore(Path folder) {

    /// What ids of these keys begin with.
    public static final String PREFIX = "pack-";

    private static final String FILE = "pack-[0-9a-f]{16}";

    /// A key that is trusted.
    ///
    /// @param name whose it is
    /// @param areas beginnings of the division codes that its packs may settle; empty for all
    public record Trusted(SigningKey.Public key, String name, List<String> areas, LocalDate added) {

        /// The divisions of a pack that this key may not speak for.
        List<String> foreign(List<String> divisions) {
            return areas.isEmpty() ? List.of() : divisions.stream()
                    .filter(code -> areas.stream().noneMatch(code::startsWith)).toList();
        }
    }

    /// Trusts a key from now on, or under another name or for other areas.
    ///
    /// @param pem the public key as text
    /// @return empty when the text holds no public key
    public Optional<Trusted> add(String pem, String name, List<String> areas, LocalDate today) throws IOException {
        var key = SigningKey.Public.of(pem, PREFIX);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        var begin = Math.max(0, pem.indexOf("-----BEGIN PUBLIC KEY-----"));
        Files.writeString(folder.resolve(key.get().keyId()), "name: " + name + "\nareas: " + String.join(" ", areas)
                + "\nadded: " + today + "\n\n" + pem.substring(begin).strip() + "\n");
        return Optional.of(new Trusted(key.get(), name, areas, today));
    }

    /// Trusts a key no longer.
    ///
    /// @return whether it was trusted
    public boolean remove(String keyId) throws IOException {
        return keyId.matches(FILE) && Files.deleteIfExists(folder.resolve(keyId));
    }

    /// A trusted key by its id; a file whose key has another id is none.
    ///
    /// @throws IOException when its file is damaged
    public Optional<Trusted> find(String keyId) throws IOException {
        if (!keyId.matches(FILE) || !Files.exists(folder.resolve(keyId))) {
            return Optional.empty();
        }
        var text = Files.readString(folder.resolve(keyId));
        var said = new HashMap<String, String>();
        text.lines().takeWhile(line -> !line.startsWith("-----")).map(line -> line.split(": ?", 2))
                .filter(words -> words.length == 2).forEach(words -> said.put(words[0], words[1].strip()));
        try {
            var areas = said.get("areas").isEmpty() ? List.<String>of() : List.of(said.get("areas").split(" "));
            return SigningKey.Public.of(text, PREFIX).filter(key -> key.keyId().equals(keyId))
                    .map(key -> new Trusted(key, said.get("name"), areas, LocalDate.parse(said.get("added"))));
        } catch (java.time.DateTimeException | NullPointerException damaged) {
            throw new IOException(folder.resolve(keyId) + " is damaged", damaged);
        }
    }

    /// Every trusted key, by id.
    ///
    /// @throws IOException when the folder cannot be read or a file is damaged
    public List<Trusted> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var all = new ArrayList<Trusted>();
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                find(file.getFileName().toString()).ifPresent(all::add);
            }
        }
        return all;
    }
}
