package tongchou.server.intake;

import java.time.LocalDate;
import java.util.Optional;
import tongchou.core.alliance.Institution;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book;
import tongchou.storage.Person;

/// Where an intake looks people and institutions up (档案): the book, or a demonstration county without one.
public interface Records {

    /// A member by the token.
    Optional<Person> person(String token);

    /// An institution as it stands on a day.
    Optional<Institution> institution(String code, LocalDate day);

    /// Whether an institution is known on any day.
    boolean knows(String institution);

    /// The sums a member carries.
    YearToDate yearToDate(String token);

    /// The records of a book.
    static Records of(Book book) {
        return new Records() {
            @Override
            public Optional<Person> person(String token) {
                return book.person(token);
            }

            @Override
            public Optional<Institution> institution(String code, LocalDate day) {
                return book.institution(code, day);
            }

            @Override
            public boolean knows(String institution) {
                return !book.versions(institution).isEmpty();
            }

            @Override
            public YearToDate yearToDate(String token) {
                return book.yearToDate(token);
            }
        };
    }
}
