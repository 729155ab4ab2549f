/** The report as PDF, by Apache PDFBox, which nothing else may see. */
@NullMarked
package dev.entrain.report.pdf;

import org.jspecify.annotations.NullMarked;
