using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Specgen.Tool.Profiles;

/// <summary>The JSON of spec/: read strictly, with comments, so that a misspelled name is an error with its line.</summary>
internal static class JsonFile
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static T Read<T>(string file)
    {
        try
        {
            return Parse<T>(file, File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException(file, 1, exception.Message);
        }
    }

    /// <param name="file">What an error names.</param>
    public static T Parse<T>(string file, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new ProfileException(file, 1, "the file is empty");
        }
        catch (JsonException exception)
        {
            throw new ProfileException(file, (int)(exception.LineNumber ?? 0) + 1, exception.Message.Split(" Path:")[0]);
        }
    }
}
