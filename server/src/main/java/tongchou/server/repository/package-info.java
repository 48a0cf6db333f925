/// Repositories of packs (政策包仓库): where authors publish them and servers fetch them.
@NullMarked
package tongchou.server.repository;

import org.jspecify.annotations.NullMarked;
