/// Catalogues from files into the book and back (目录导入导出).
@NullMarked
package tongchou.server.catalogue;

import org.jspecify.annotations.NullMarked;
