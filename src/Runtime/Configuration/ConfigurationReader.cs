using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Specgen.Configuration;

/// <summary>
/// Reads options out of a section of a configuration, key by key and without reflection. What cannot be read, and keys that nobody asks for (a misspelt one has no effect else), are problems; all of them are
/// found.
/// </summary>
/// <param name="section">Where the keys are.</param>
/// <param name="problems">Where what is wrong is told.</param>
internal sealed class ConfigurationReader(IConfiguration section, List<string> problems)
{
    private delegate bool TryParse<T>(string text, out T value);

    private readonly List<string> _known = [];

    /// <summary>"Dicom:Port", as messages name it.</summary>
    public string PathOf(string key) => section is IConfigurationSection { Path: var path } ? ConfigurationPath.Combine(path, key) : key;

    public void Problem(string key, string problem) => problems.Add($"{PathOf(key)} {problem}.");

    /// <summary>The text; null where the key is not there or empty.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        var found = section.GetSection(key);
        if (found.GetChildren().Any())
        {
            Problem(key, "has keys below it; it must be one value");
            return null;
        }

        return string.IsNullOrEmpty(found.Value) ? null : found.Value;
    }

    public void Text(string key, Action<string> set)
    {
        if (Text(key) is { } text)
        {
            set(text);
        }
    }

    public void Int(string key, Action<int> set) => Read(key, "a whole number", static (string text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value), set);

    public void Long(string key, Action<long> set) => Read(key, "a whole number", static (string text, out long value) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value), set);

    public void UInt(string key, Action<uint> set) => Read(key, "a whole number", static (string text, out uint value) => uint.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value), set);

    public void Bool(string key, Action<bool> set) => Read(key, "true or false", bool.TryParse, set);

    /// <summary>hh:mm:ss, d.hh:mm:ss; "Infinite" for ever.</summary>
    public void Time(string key, Action<TimeSpan> set) => Read(
        key,
        "a time such as 00:00:30, or Infinite",
        static (string text, out TimeSpan value) =>
        {
            value = Timeout.InfiniteTimeSpan;
            return text.Equals("Infinite", StringComparison.OrdinalIgnoreCase) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
        },
        set);

    public void Name<T>(string key, Action<T> set)
        where T : struct, Enum => Read(
            key, $"one of {string.Join(", ", Enum.GetNames<T>())}", static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value), set);

    /// <summary>A list: ["a", "b"].</summary>
    public void Texts(string key, Action<string> add)
    {
        _known.Add(key);
        var found = section.GetSection(key);
        foreach (var item in found.GetChildren())
        {
            if (string.IsNullOrEmpty(item.Value))
            {
                problems.Add($"{item.Path} has no text; {PathOf(key)} must be a list of texts.");
            }
            else
            {
                add(item.Value);
            }
        }

        if (!string.IsNullOrEmpty(found.Value))
        {
            Problem(key, $"is \"{found.Value}\"; it must be a list, even if it has only one item");
        }
    }

    /// <summary>A section below; not called where it is not there.</summary>
    public void Section(string key, Action<IConfigurationSection> read)
    {
        _known.Add(key);
        var found = section.GetSection(key);
        if (found.Exists())
        {
            read(found);
        }
    }

    /// <summary>A section below with keys of its own, no other than those that are asked for.</summary>
    public void Keys(string key, Action<ConfigurationReader> read) => Section(key, below =>
    {
        if (below.Value is { Length: > 0 } value)
        {
            Problem(key, $"is \"{value}\"; it must have keys of its own");
            return;
        }

        var reader = new ConfigurationReader(below, problems);
        read(reader);
        reader.End();
    });

    /// <summary>Another section, with the same place for problems.</summary>
    public ConfigurationReader Of(IConfigurationSection other) => new(other, problems);

    /// <summary>Says which keys nobody has asked for.</summary>
    public void End()
    {
        foreach (var child in section.GetChildren())
        {
            if (!_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add($"{child.Path} is not an option; the options are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private void Read<T>(string key, string what, TryParse<T> parse, Action<T> set)
    {
        if (Text(key) is not { } text)
        {
            return;
        }

        if (parse(text, out var value))
        {
            set(value);
        }
        else
        {
            Problem(key, $"is \"{text}\"; it must be {what}");
        }
    }
}
