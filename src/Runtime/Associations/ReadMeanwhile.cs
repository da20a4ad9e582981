using System.Runtime.CompilerServices;

namespace Specgen.Associations;

/// <summary>
/// A read to await, and work that is to be done: the thread that has read does it, with warm caches, while another one goes on with what is read
/// next. To wake one for the work would take longer than much of the work does.
/// </summary>
/// <param name="read">The read, which has begun.</param>
/// <param name="work">What is to be done; it does not throw. Null where there is nothing, and the thread reads on where it can.</param>
internal readonly struct ReadMeanwhile(ValueTask<int> read, IThreadPoolWorkItem? work) : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read = read.ConfigureAwait(false).GetAwaiter();

    public bool IsCompleted => work is null && _read.IsCompleted;

    public ReadMeanwhile GetAwaiter() => this;

    public int GetResult() => _read.GetResult();

    public void OnCompleted(Action continuation)
    {
        _read.OnCompleted(continuation);
        work?.Execute();
    }

    public void UnsafeOnCompleted(Action continuation)
    {
        _read.UnsafeOnCompleted(continuation);
        work?.Execute();
    }
}
