package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import tongchou.api.pack.Pack;
import tongchou.core.money.Fen;
import tongchou.server.Main;
import tongchou.storage.Book;

/// The repository as the rules see it: its root, its files, and the main classes of its modules.
final class House {

    /// The directory that holds the checkout.
    static final Path ROOT = root();

    /// The main classes of core, api, storage and server.
    static final JavaClasses CLASSES = read();

    /// What a build, a server or an editor leaves in a checkout.
    private static final Set<String> LEFTOVERS = Set.of(".git", "target", ".idea", ".vscode", ".settings");

    private House() {
    }

    /// Names and arrows are enough: what the JDK and the libraries are made of is not read.
    private static JavaClasses read() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importLocations(places().map(House::location).toList());
    }

    private static Path root() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw")) && Files.isDirectory(at.resolve("policy-packs"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "no directory above " + Path.of("").toAbsolutePath() + " holds mvnw and policy-packs");
    }

    /// Where the modules' main classes lie: folders, or jars in a build that has packed them already.
    private static Stream<Path> places() {
        return Stream.of(Fen.class, Pack.class, Book.class, Main.class).map(type -> {
            try {
                return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
            } catch (URISyntaxException broken) {
                throw new IllegalStateException("where " + type + " lies", broken);
            }
        });
    }

    private static Location location(Path place) {
        try {
            return Files.isDirectory(place) ? Location.of(place) : Location.of(new JarFile(place.toFile()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(place.toString(), unreadable);
        }
    }

    /// The same classes as bytecode.
    static List<ClassModel> bytecode() {
        var classes = new ArrayList<ClassModel>();
        places().forEach(place -> {
            if (Files.isDirectory(place)) {
                parse(place, classes);
            } else {
                try (var jar = FileSystems.newFileSystem(place)) {
                    parse(jar.getPath("/"), classes);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(place.toString(), unreadable);
                }
            }
        });
        return classes;
    }

    private static void parse(Path root, List<ClassModel> classes) {
        files(root).stream().filter(file -> file.toString().endsWith(".class") && !file.endsWith("module-info.class"))
                .forEach(file -> classes.add(ClassFile.of().parse(bytes(file))));
    }

    /// Every file under a directory in the order of its path, without what builds, servers and editors leave there.
    static List<Path> files(Path root) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
                    var name = directory.getFileName() == null ? "" : directory.getFileName().toString();
                    var left = LEFTOVERS.contains(name) || directory.equals(ROOT.resolve("data"));
                    return left && !directory.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        found.sort(null);
        return found;
    }

    /// A file's place in the repository, with `/` between folders.
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    /// Fails with every finding on a line of its own and what to do about them.
    static void assertNone(Collection<String> findings, String instead) {
        assertEquals("", String.join("\n", findings), findings.size() + " findings. Instead: " + instead);
    }
}
