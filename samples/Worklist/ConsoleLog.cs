using System.Globalization;
using System.Threading.Channels;

namespace Worklist;

/// <summary>What the program says: a line for each thing that happened. Who does not read what is written holds nothing up: then lines are lost, and that is said.</summary>
internal static class ConsoleLog
{
    private const int MostUnread = 2000;

    private static readonly Channel<string> s_unread =
        Channel.CreateBounded<string>(new BoundedChannelOptions(MostUnread) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, static _ => Interlocked.Increment(ref s_lost));

    private static readonly Task s_writing = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    private static long s_lost;

    /// <summary>Peers' text goes into lines, so nothing in a line begins another one, or commands the terminal.</summary>
    public static void Line(string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {text}");
        s_unread.Writer.TryWrite(string.Concat(line.Select(static c => IsPrintable(c) ? c : '\uFFFD')));
    }

    /// <summary>Until all is written, or nobody reads.</summary>
    public static async Task EndAsync()
    {
        s_unread.Writer.TryComplete();
        await Task.WhenAny(s_writing, Task.Delay(TimeSpan.FromSeconds(2)));
    }

    private static async Task WriteAsync()
    {
        await foreach (var line in s_unread.Reader.ReadAllAsync())
        {
            try
            {
                Console.WriteLine(line);
                if (Interlocked.Exchange(ref s_lost, 0) is > 0 and var lost)
                {
                    Console.WriteLine($"({lost} lines were not read, and are lost)");
                }
            }
            catch (IOException)
            {
                // The console is gone; the program is not.
            }
        }
    }

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
