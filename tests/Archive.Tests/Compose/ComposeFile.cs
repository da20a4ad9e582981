using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Archive.Tests.Compose;

/// <summary>samples/Archive/compose.yaml: what its services are started with.</summary>
internal sealed partial class ComposeFile
{
    private readonly YamlMappingNode _root;
    private readonly IReadOnlyDictionary<string, string> _variables;

    /// <param name="path">The file.</param>
    /// <param name="variables">The environment of who starts it.</param>
    public ComposeFile(string path, IReadOnlyDictionary<string, string> variables)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        (_root, _variables) = ((YamlMappingNode)yaml.Documents[0].RootNode, variables);
    }

    public IEnumerable<string> Services => Map(_root, "services").Children.Keys.Select(static name => ((YamlScalarNode)name).Value!);

    public Dictionary<string, string> Environment(string service) =>
        Map(Service(service), "environment").Children.ToDictionary(static pair => ((YamlScalarNode)pair.Key).Value!, pair => Filled(pair.Value));

    /// <summary>A command as words, or as a text that is split where blanks are.</summary>
    public string[] Command(string service) => Service(service).Children["command"] is YamlSequenceNode words ? [.. words.Select(Filled)] : Filled(Service(service).Children["command"]).Split(' ');

    public string EntryPoint(string service) => Filled(Service(service).Children["entrypoint"]);

    public int Replicas(string service) => int.Parse(Filled(Map(Service(service), "deploy").Children["replicas"]), CultureInfo.InvariantCulture);

    /// <summary>What is mounted into it.</summary>
    public string[] Volumes(string service) => [.. ((YamlSequenceNode)Service(service).Children["volumes"]).Select(Filled)];

    /// <summary>The ports that are open to the outside, and to which inside they lead.</summary>
    public (int Outside, int Inside) Port(string service)
    {
        var ports = Filled(((YamlSequenceNode)Service(service).Children["ports"])[0]).Split(':');
        return (int.Parse(ports[0], CultureInfo.InvariantCulture), int.Parse(ports[1], CultureInfo.InvariantCulture));
    }

    public string Config(string name) => Filled(Map(Map(_root, "configs"), name).Children["content"]);

    private YamlMappingNode Service(string name) => Map(Map(_root, "services"), name);

    private static YamlMappingNode Map(YamlMappingNode parent, string key) => (YamlMappingNode)parent.Children[key];

    /// <summary>With its variables: ${NAME}, ${NAME:?what is said where it is missing}; two dollar signs are one.</summary>
    private string Filled(YamlNode node) => Variable().Replace(((YamlScalarNode)node).Value!, match => match.Value == "$$" ? "$" : _variables[match.Groups[1].Value]);

    [GeneratedRegex(@"\$\$|\$\{([A-Z_]+)(?::\?[^}]*)?\}")]
    private static partial Regex Variable();
}
