/** The command line: one class per subcommand. The only room that prints. */
@NullMarked
package dev.entrain.cli;

import org.jspecify.annotations.NullMarked;
