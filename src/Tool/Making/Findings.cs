using Specgen.Tool.DocBook;

namespace Specgen.Tool.Making;

/// <summary>Gathers what is found while tables are read.</summary>
internal sealed class Findings
{
    private readonly HashSet<Finding> _known = [];
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public bool HasErrors => _all.Exists(static finding => finding.IsError);

    public void Error(string file, int line, string id, string message) => Add(new Finding(true, file, line, id, message));

    public void Notice(string file, int line, string id, string message) => Add(new Finding(false, file, line, id, message));

    public void Error(DocPart part, DocTable table, int line, string message) => Error(part.File, line, table.Id, message);

    /// <summary>A table of the standard that several pages are made of says it once.</summary>
    private void Add(Finding finding)
    {
        if (_known.Add(finding))
        {
            _all.Add(finding);
        }
    }
}
