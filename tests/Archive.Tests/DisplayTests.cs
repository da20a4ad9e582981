using System.Text;
using Spectre.Console;

namespace Archive.Tests;

/// <summary>What a terminal shows in the end of what the archive writes: every line once, and one count below them.</summary>
[TestClass]
public class DisplayTests
{
    [TestMethod]
    [DataRow(80)]
    [DataRow(110)]
    [DataRow(20)]
    public async Task WrappedLinesLeaveNothingOfTheCountBehind(int width)
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        console.Profile.Width = width;
        var display = new Display(console, isTerminal: true);
        var stopped = new TaskCompletionSource();
        var running = display.RunAsync(stopped.Task);
        var lengths = Enumerable.Range(width - 12, 24).Concat([1, width * 2, (width * 3) + 1]).Select(static l => Math.Max(1, l)).ToList();
        foreach (var (length, i) in lengths.Select(static (l, i) => (l, i)))
        {
            display.Line(new string((char)('A' + (i % 26)), length));
            await Task.Delay(i % 3 == 0 ? 250 : 0);
        }
        await Task.Delay(500);
        var whileRunning = Terminal.Show(written.ToString(), width);
        stopped.SetResult();
        await running;
        await display.EndAsync();
        var afterwards = Terminal.Show(written.ToString(), width);

        // The time of day and a blank stand before each line.
        var expected = lengths.SelectMany((length, i) => $"00:00:00 {new string((char)('A' + (i % 26)), length)}".Chunk(width)).Select(static row => new string(row)).ToList();
        const string Count = "0 associations, 0 stored, 0 refused";
        AssertRows([.. expected, Count[..Math.Min(Count.Length, width - 1)]], whileRunning);
        AssertRows(expected, afterwards);
    }

    private static void AssertRows(List<string> expected, List<string> shown)
    {
        var withoutTime = shown.Select(static row => System.Text.RegularExpressions.Regex.Replace(row, "^[0-9]{2}:[0-9]{2}:[0-9]{2} ", "00:00:00 "));
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', withoutTime));
    }

    /// <summary>A terminal as far as it is used: it wraps a character that has no place left, goes to the next row, to the first column, and clears the rest of a row.</summary>
    private static class Terminal
    {
        public static List<string> Show(string written, int width)
        {
            var rows = new List<StringBuilder> { new() };
            var (row, column) = (0, 0);
            for (var i = 0; i < written.Length; i++)
            {
                switch (written[i])
                {
                    case '\r':
                        column = 0;
                        break;
                    case '\n':
                        (row, column) = (row + 1, 0);
                        break;
                    case '\x1b':
                        Assert.AreEqual("[K", written.Substring(i + 1, 2));
                        rows[row].Length = Math.Min(rows[row].Length, column);
                        i += 2;
                        break;
                    default:
                        if (column == width)
                        {
                            (row, column) = (row + 1, 0);
                        }
                        Row(rows, row);
                        rows[row].Append(' ', Math.Max(0, column + 1 - rows[row].Length))[column++] = written[i];
                        break;
                }
                Row(rows, row);
            }
            return [.. rows.Select(static r => r.ToString().TrimEnd()).Reverse().SkipWhile(static r => r.Length == 0).Reverse()];
        }

        private static void Row(List<StringBuilder> rows, int row)
        {
            while (rows.Count <= row)
            {
                rows.Add(new StringBuilder());
            }
        }
    }
}
