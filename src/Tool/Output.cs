using System.Globalization;
using System.Text.Json;
using Specgen.Tool.DocBook;
using Specgen.Tool.Making;
using Specgen.Tool.Profiles;
using Spectre.Console;

namespace Specgen.Tool;

/// <summary>What a command prints: for people, with colours where they can be seen, or one JSON object for programs. Errors go to the error output.</summary>
internal sealed class Output(bool isJson)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions s_line = new(JsonFile.Options) { WriteIndented = false };

    public bool IsJson => isJson;

    /// <summary>A line, nothing of it markup.</summary>
    public void Line(string text = "")
    {
        if (!isJson)
        {
            Console.Out.WriteLine(Printable(text));
        }
    }

    /// <summary>A line that stands out where that can be seen.</summary>
    public void Heading(string text)
    {
        if (isJson || Console.IsOutputRedirected)
        {
            Line(text);
        }
        else
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{Printable(text)}[/]");
        }
    }

    public void Json(object value)
    {
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonFile.Options));
        }
    }

    /// <summary>"part04.xml(120): error table_C.4-1: …".</summary>
    public void Finding(Finding finding) => Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.File}({finding.Line}): {(finding.IsError ? "error" : "note")}{(finding.Id.Length > 0 ? " " + finding.Id : "")}: {finding.Message}"));

    /// <summary>Does the work of a command; says that it goes on where it takes longer than a second and someone looks.</summary>
    /// <returns>What the command ends with: a file that cannot be read is one clear error.</returns>
    public int Run(string what, Func<int> work)
    {
        try
        {
            if (isJson || Console.IsOutputRedirected || Console.IsErrorRedirected)
            {
                return work();
            }

            var task = Task.Run(work);
            if (!Task.WaitAny([task], s_patience).Equals(0))
            {
                AnsiConsole.Status().Start(what, _ => Task.WaitAny(task));
            }

            return task.GetAwaiter().GetResult();
        }
        catch (DocBookException exception)
        {
            return NotDone(exception.File, exception.Line, exception.Message);
        }
        catch (ProfileException exception)
        {
            return NotDone(exception.File, exception.Line, exception.Message);
        }
    }

    /// <summary>The command line is not one that says what to do.</summary>
    public void NotDone(IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine(Printable(error));
        }

        if (isJson)
        {
            // On one line, as the commands print that talk to peers.
            Console.Out.WriteLine(JsonSerializer.Serialize(new { Error = string.Join(' ', errors) }, s_line));
        }
    }

    private int NotDone(string file, int line, string message)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Printable(file)}({line}): error: {Printable(message)}"));
        Json(new { Error = message, File = file, Line = line });
        return ExitCode.NotDone;
    }

    /// <summary>Without control characters: files of others are quoted.</summary>
    private static string Printable(string text) => text.Any(static c => char.IsControl(c) && c is not '\n')
        ? string.Concat(text.Select(static c => char.IsControl(c) && c is not '\n' ? '?' : c))
        : text;
}
