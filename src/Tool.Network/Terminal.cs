using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FellowOakDicom;
using Spectre.Console;

namespace Specgen.Tool.Network;

/// <summary>What a command prints: lines for people, or JSON for programs. Nothing that a peer said is obeyed by a terminal. Errors go to the error output.</summary>
internal sealed class Terminal(bool isJson)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is said where somebody stopped it.</summary>
    public const string Interrupted = "it was interrupted";

    public bool IsJson => isJson;

    /// <summary>Whether somebody looks, who may be shown that something goes on.</summary>
    private bool IsWatched => !isJson && !Console.IsOutputRedirected && !Console.IsErrorRedirected;

    public void Line(string text)
    {
        if (!isJson)
        {
            Console.Out.WriteLine(Printable(text));
        }
    }

    /// <summary>One JSON value on a line.</summary>
    public void Json(object value)
    {
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, s_options));
        }
    }

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (isJson)
        {
            return;
        }

        if (Console.IsOutputRedirected)
        {
            // As programs like it that read lines: a tab between cells.
            Console.Out.WriteLine(string.Join('\t', headers));
            foreach (var row in rows)
            {
                Console.Out.WriteLine(string.Join('\t', row.Select(Printable)));
            }

            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(header.EscapeMarkup()));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(static cell => Printable(cell).EscapeMarkup()).ToArray());
        }

        AnsiConsole.Write(table);
    }

    public void Error(string message)
    {
        ErrorLine(message);
        Json(new { Error = message });
    }

    /// <summary>Of a command whose JSON has the error among the rest.</summary>
    public static void ErrorLine(string message) => Console.Error.WriteLine("error: " + Printable(message));

    /// <summary>Does the work of a command: what cannot be done is one clear error.</summary>
    public async Task<int> RunAsync(Func<Task<int>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Error(Interrupted);
            return ExitCode.NotDone;
        }
        catch (Exception exception) when (exception is AssociationException or DicomConfigurationException or ArgumentException or IOException or UnauthorizedAccessException
            or CryptographicException or AuthenticationException or InvalidDataException or DicomDataException)
        {
            Error(exception.Message);
            return ExitCode.NotDone;
        }
    }

    /// <summary>Does work of which so much is done at a time; shows how much where it takes longer than a second and somebody looks.</summary>
    /// <param name="what">"sending".</param>
    /// <param name="work">Is given whom to tell how much of how many is done.</param>
    public async Task<T> ProgressAsync<T>(string what, Func<Action<int, int>, Task<T>> work)
    {
        if (!IsWatched)
        {
            return await work(static (_, _) => { }).ConfigureAwait(false);
        }

        var state = (Done: 0, Total: 0);
        var task = work((done, total) => state = (done, total));
        if (await Task.WhenAny(task, Task.Delay(s_patience)).ConfigureAwait(false) != task)
        {
            await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
            {
                var bar = progress.AddTask(what.EscapeMarkup());
                while (await Task.WhenAny(task, Task.Delay(100)).ConfigureAwait(false) != task)
                {
                    (bar.IsIndeterminate, bar.MaxValue, bar.Value) = (state.Total == 0, Math.Max(1, state.Total), state.Done);
                }
            }).ConfigureAwait(false);
        }

        return await task.ConfigureAwait(false);
    }

    /// <summary>A text whose control characters are shown, not obeyed.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = char.IsControl(c) ? printable.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}") : printable.Append(c);
        }

        return printable.ToString();
    }
}
