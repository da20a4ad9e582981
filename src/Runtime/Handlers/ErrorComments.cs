using System.Buffers;

namespace Specgen.Handlers;

/// <summary>Makes any text fit for Error Comment (0000,0902).</summary>
internal static class ErrorComments
{
    /// <summary>VR LO (PS3.5 §6.2).</summary>
    private const int MaxLength = 64;

    /// <summary>
    /// At most 64 characters of the default character repertoire, which is the only one a command set has (PS3.5 §6.1.2.1, PS3.7 §6.3.1). Backslash
    /// would make it two values, control characters are not in LO; fo-dicom throws while it builds a response with either. White space is folded, everything else becomes "?".
    /// </summary>
    public static string? Sanitize(string? comment)
    {
        if (string.IsNullOrWhiteSpace(comment))
        {
            return null;
        }

        if (comment.Length <= MaxLength && comment.AsSpan().IndexOfAnyExcept(s_plain) < 0)
        {
            return comment.Trim();
        }

        Span<char> text = stackalloc char[MaxLength];
        var length = 0;
        foreach (var c in comment)
        {
            var next = c switch
            {
                '\\' => '/',
                _ when char.IsWhiteSpace(c) || char.IsControl(c) => ' ',
                > ' ' and < '\x7f' => c,
                _ => '?',
            };
            if (next == ' ' && (length == 0 || text[length - 1] == ' '))
            {
                continue;
            }

            if (length == MaxLength)
            {
                text[MaxLength - 3] = text[MaxLength - 2] = text[MaxLength - 1] = '.';
                break;
            }

            text[length++] = next;
        }

        return text[..length].TrimEnd().ToString();
    }

    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");
}
