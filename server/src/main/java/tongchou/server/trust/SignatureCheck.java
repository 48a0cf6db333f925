package tongchou.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tongchou.api.pack.Finding;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackIdentity;
import tongchou.server.packs.Guard;

/// Lets only packs pass that a trusted key signed and nobody changed since (验签).
///
/// @param production whether demonstration packs are turned away too
public record SignatureCheck(TrustStore store, boolean production) implements Guard {

    @Override
    public Optional<PackFiles> read(Path place, List<Finding> findings) throws IOException {
        return check(place, findings).map(PackContents::pack);
    }

    @Override
    public String signer(String origin) {
        try {
            return FileList.read(PackContents.of(Path.of(origin)).files().getOrDefault(FileList.PLACE,
                    new byte[0])).map(list -> list.head().getOrDefault("key", "")).orElse("");
        } catch (IOException | RuntimeException gone) {
            return "";
        }
    }

    /// Checks a jar.
    ///
    /// @param findings takes every reason to turn it away
    /// @return what it holds when there is none
    public Optional<PackContents> check(Path place, List<Finding> findings) throws IOException {
        if (Files.isDirectory(place)) {
            wrong(findings, place.toString(), "", "", "签过名的 jar（tongchou sign-pack）",
                    "a signed jar (tongchou sign-pack)");
            return Optional.empty();
        }
        PackContents contents;
        try {
            contents = PackContents.of(place);
        } catch (IOException | IllegalArgumentException damaged) {
            wrong(findings, place.toString(), "", "" + damaged.getMessage(), "完好的 jar", "an intact jar");
            return Optional.empty();
        }
        check(contents, findings);
        return findings.isEmpty() ? Optional.of(contents) : Optional.empty();
    }

    /// Whether a jar is signed by somebody and as it was when that was done; who it was is not asked.
    public static boolean isWhole(PackContents contents) {
        return contents.files().containsKey(FileList.SIGNATURE)
                && FileList.read(contents.files().getOrDefault(FileList.PLACE, new byte[0]))
                .filter(list -> list.files().equals(FileList.lines(contents))).isPresent();
    }

    private void check(PackContents contents, List<Finding> findings) throws IOException {
        var text = contents.files().get(FileList.PLACE);
        var signature = contents.files().get(FileList.SIGNATURE);
        if (text == null || signature == null) {
            wrong(findings, text == null ? FileList.PLACE : FileList.SIGNATURE, "", "",
                    "签名：政策包未签名或签名不全（tongchou sign-pack）",
                    "a signature: the pack is unsigned or its signature incomplete (tongchou sign-pack)");
            return;
        }
        var list = FileList.read(text);
        if (list.isEmpty()) {
            wrong(findings, FileList.PLACE, "", "", "完好的签名清单", "an intact list of files");
            return;
        }
        var keyId = list.get().head().getOrDefault("key", "");
        var key = store.find(keyId);
        if (key.isEmpty()) {
            wrong(findings, FileList.PLACE, "key", keyId, "信任库中的公钥（tongchou trust add）",
                    "a key of the trust store (tongchou trust add)");
            return;
        }
        if (!key.get().key().signed(text, decoded(signature))) {
            wrong(findings, FileList.SIGNATURE, "", keyId, key.get().name() + " 对清单的签名",
                    "the signature of " + key.get().name() + " on the list");
            return;
        }
        files(contents, list.get(), findings);
        var identity = PackIdentity.of(contents.pack());
        FileList.about(identity).forEach((name, value) -> {
            if (!value.equals(list.get().head().get(name))) {
                wrong(findings, FileList.PLACE, name, list.get().head().getOrDefault(name, ""), value, value);
            }
        });
        var foreign = key.get().foreign(identity.divisions());
        if (!foreign.isEmpty()) {
            wrong(findings, FileList.PLACE, "divisions", String.join(" ", foreign),
                    "以 " + String.join("、", key.get().areas()) + " 开头的区划：" + key.get().name() + " 只可签署这些地区",
                    "divisions that begin with " + String.join(", ", key.get().areas()) + ", for which "
                            + key.get().name() + " is trusted");
        }
        if (production && identity.demonstration()) {
            wrong(findings, "data/pack.yaml", "demonstration", "true",
                    "生产方式只用有文件依据的数值：逐项换成文件的数值后写 demonstration: false；试用时不加 --production",
                    "values of documents in place of demonstration values, and then demonstration: false; to try "
                            + "the pack out, serve without --production");
        }
    }

    private static byte[] decoded(byte[] signature) {
        try {
            return Base64.getDecoder().decode(new String(signature, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException noText) {
            return new byte[0];
        }
    }

    private static void files(PackContents contents, FileList list, List<Finding> findings) {
        var present = FileList.lines(contents);
        var paths = new TreeSet<>(present.keySet());
        paths.addAll(list.files().keySet());
        for (var path : paths) {
            var signed = list.files().get(path);
            var read = present.get(path);
            if (signed == null) {
                wrong(findings, path, "", "未签名的文件 not signed", "清单所列的文件", "a file of the signed list");
            } else if (read == null) {
                wrong(findings, path, "", "缺失 missing", "清单所列的这个文件", "this file of the signed list");
            } else if (!read.equals(signed)) {
                wrong(findings, path, "", "被改动 altered: " + read.substring(0, 16), "签名时的内容 "
                        + signed.substring(0, 16), "the content that was signed, " + signed.substring(0, 16));
            }
            if (path.endsWith(".class") || path.endsWith(".jar")) {
                wrong(findings, path, "", "程序 code", "只含数据的政策包", "a pack of data alone");
            }
        }
        if (!contents.manifest("Plugin-Class").isEmpty()) {
            wrong(findings, "META-INF/MANIFEST.MF", "Plugin-Class", contents.manifest("Plugin-Class"),
                    "只含数据的政策包", "a pack of data alone");
        }
    }

    private static void wrong(List<Finding> findings, String file, String key, String read, String expected,
            String expectedEn) {
        findings.add(new Finding(Finding.Severity.ERROR, file, 0, key, read, expected, expectedEn));
    }
}
