package dev.entrain.importing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sheet of an Excel workbook row by row (Office Open XML, ECMA-376 part 1, sections 18.3 and 18.4):
 * numbers, shared and inline texts, nothing else. Not thread-safe.
 */
final class XlsxSheet implements AutoCloseable {
    private static final int MOST_COLUMNS = 4096;
    private static final int MOST_TEXTS = 1_000_000;

    /** No cell of a workbook holds more characters (Excel's own limit). */
    private static final int LONGEST_TEXT = 32_767;

    /** The sheet passes through and costs time only. */
    private static final long MOST_SHEET_BYTES = 1L << 30;

    /** The shared texts are kept. */
    private static final long MOST_TEXT_BYTES = 64L << 20;

    private final Path file;
    private final ZipFile zip;
    private final List<String> texts = new ArrayList<>();
    private final XMLStreamReader sheet;
    private long row;

    /**
     * Opens a workbook.
     *
     * @throws ImportException if it is missing or none
     */
    XlsxSheet(Path file) throws IOException {
        this(file, MOST_SHEET_BYTES, MOST_TEXT_BYTES);
    }

    XlsxSheet(Path file, long mostSheetBytes, long mostTextBytes) throws IOException {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new ImportException(file + ": missing; download the dataset again");
        }
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new ImportException(file + ": expected an Excel workbook; the file may be cut: download it again");
        }
        try {
            readTexts(mostTextBytes);
            sheet = open("xl/worksheets/sheet1.xml", mostSheetBytes);
        } catch (IOException | XMLStreamException e) {
            zip.close();
            throw because(e);
        }
    }

    /** Returns the cells of the next row, empty where a cell is, or null at the end. */
    @Nullable
    List<String> next() throws IOException {
        try {
            while (sheet.hasNext()) {
                if (sheet.next() == XMLStreamConstants.START_ELEMENT
                        && sheet.getLocalName().equals("row")) {
                    row++;
                    return cells();
                }
            }
            return null;
        } catch (XMLStreamException e) {
            throw because(e);
        }
    }

    /** Returns a cell as a number, NaN where it is empty. */
    double number(List<String> cells, int column) throws ImportException {
        String text = column < cells.size() ? cells.get(column) : "";
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong("a number in column " + (column + 1) + ", found \"" + text + "\"; download the file again");
        }
    }

    /** Makes an error about the current row. */
    ImportException wrong(String expected) {
        return new ImportException(file + ":" + row + ": expected " + expected);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private List<String> cells() throws XMLStreamException, IOException {
        List<String> cells = new ArrayList<>();
        while (sheet.hasNext()) {
            int event = sheet.next();
            if (event == XMLStreamConstants.END_ELEMENT && sheet.getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && sheet.getLocalName().equals("c")) {
                int column = column(sheet.getAttributeValue(null, "r"), cells.size());
                if (column >= MOST_COLUMNS) {
                    throw tooWide();
                }
                while (cells.size() < column) {
                    cells.add("");
                }
                cells.add(cell(sheet.getAttributeValue(null, "t")));
            }
        }
        return cells;
    }

    private String cell(@Nullable String type) throws XMLStreamException, IOException {
        StringBuilder text = new StringBuilder();
        boolean inValue = false;
        while (sheet.hasNext()) {
            int event = sheet.next();
            if (event == XMLStreamConstants.END_ELEMENT && sheet.getLocalName().equals("c")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                inValue =
                        sheet.getLocalName().equals("v") || sheet.getLocalName().equals("t");
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                inValue = false;
            } else if (inValue && event == XMLStreamConstants.CHARACTERS) {
                append(text, sheet.getText());
            }
        }
        if (!"s".equals(type)) {
            return text.toString().strip();
        }
        try {
            return texts.get(Integer.parseInt(text.toString().strip()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw damaged();
        }
    }

    /** Column of a reference such as AB12, counted from 0; without one, the next. */
    private int column(@Nullable String reference, int next) throws ImportException {
        if (reference == null) {
            return next;
        }
        int column = 0;
        for (int i = 0; i < reference.length() && Character.isUpperCase(reference.charAt(i)); i++) {
            column = column * 26 + (reference.charAt(i) - 'A' + 1);
            if (column > MOST_COLUMNS) {
                throw tooWide();
            }
        }
        return Math.max(next, column - 1);
    }

    private ImportException tooWide() {
        return wrong("at most " + MOST_COLUMNS + " columns; is this the file the dataset describes?");
    }

    private void append(StringBuilder text, String more) throws ImportException {
        if (text.length() + more.length() > LONGEST_TEXT) {
            throw wrong("texts of at most " + LONGEST_TEXT + " characters; is this the file the dataset describes?");
        }
        text.append(more);
    }

    private void readTexts(long mostBytes) throws IOException, XMLStreamException {
        if (zip.getEntry("xl/sharedStrings.xml") == null) {
            return;
        }
        XMLStreamReader reader = open("xl/sharedStrings.xml", mostBytes);
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.CHARACTERS) {
                append(text, reader.getText());
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("si")) {
                text.setLength(0);
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("si")) {
                if (texts.size() >= MOST_TEXTS) {
                    throw wrong("at most " + MOST_TEXTS + " shared texts; is this the file the dataset describes?");
                }
                texts.add(text.toString().strip());
            }
        }
        reader.close();
    }

    private XMLStreamReader open(String name, long mostBytes) throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged();
        }
        XMLInputFactory factory = XMLInputFactory.newFactory();
        // A workbook from the internet must not make us read other files.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new Bounded(zip.getInputStream(entry), name, mostBytes));
    }

    private ImportException because(Exception e) {
        // The parser wraps what its input threw.
        Throwable cause = e instanceof XMLStreamException parsing ? parsing.getNestedException() : e;
        return cause instanceof ImportException known ? known : damaged();
    }

    private ImportException damaged() {
        return new ImportException(file + ":" + row
                + ": expected an Excel workbook of numbers; the file may be cut or damaged: download it again");
    }

    /** Unpacked bytes of one part, up to a bound: a few packed bytes can unpack to anything. */
    private final class Bounded extends FilterInputStream {
        private final String name;
        private final long mostBytes;
        private long bytes;

        Bounded(InputStream in, String name, long mostBytes) {
            super(in);
            this.name = name;
            this.mostBytes = mostBytes;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(count);
            return count;
        }

        private void count(int more) throws ImportException {
            bytes += Math.max(0, more);
            if (bytes > mostBytes) {
                throw wrong("at most " + (mostBytes >> 20) + " MB in " + name
                        + "; is this the file the dataset describes?");
            }
        }
    }
}
