using System.CommandLine;
using System.Globalization;

namespace Specgen.Tool.Network;

/// <summary>Numbers of the command line that have bounds.</summary>
internal static class OptionRange
{
    /// <summary>Anything else is an error of the command line. The text is looked at: asking System.CommandLine for the value of one that is no number throws.</summary>
    public static void Limit(this Option<int> option, int least, int most, string problem) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most))
        {
            result.AddError(problem);
        }
    });
}
